package io.tollbook.query;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * What the read models cost: calls of 1,000 accounts, 64 under way at once, at a steady rate or as fast as they are read.
 * Arguments: calls, and calls a second (0 for as fast as can be). Half as many warm up.
 */
public final class ReadModelSpeed {
    private static final int ACCOUNTS = 1_000;
    private static final int UNDER_WAY = 64;
    private static final int APPEND = 20;

    private ReadModelSpeed() {}

    public static void main(String[] arguments) {
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        TestApplication.RECORDED = false;
        try {
            run("warm-up", calls / 2, rate);
            run("measured", calls, rate);
        } finally {
            System.exit(0);
        }
    }

    private static void run(String name, int calls, int rate) {
        EventStore store = TestSystem.bean(EventStore.class);
        List<List<EventMessage<?>>> appends = appends(name, calls);
        long start = System.nanoTime();
        Cost before = Cost.now();
        int sent = 0;
        for (List<EventMessage<?>> append : appends) {
            if (rate > 0) {
                long due = start + sent * 1_000_000_000L / (2L * rate);
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            }
            store.publish(append);
            sent += append.size();
        }
        long published = System.nanoTime();
        TestSystem.caughtUp();
        long end = System.nanoTime();
        Cost after = Cost.now();
        System.out.printf(
                "%s: %,d calls at %s; caught up %d ms after the last; %,.0f events/s in all%n",
                name,
                calls,
                rate == 0 ? "full speed" : rate + "/s",
                (end - published) / 1_000_000,
                calls * 2e9 / (end - start));
        System.out.printf(
                "  us CPU a call: java %.1f, PostgreSQL %.1f%n",
                (after.java - before.java) / 1e3 / calls, (after.postgres - before.postgres) / 1e3 / calls);
        after.threads.forEach((thread, nanos) -> {
            double micros = (nanos - before.threads.getOrDefault(thread, 0L)) / 1e3 / calls;
            if (micros >= 0.1) System.out.printf("    %-40s %.2f%n", thread, micros);
        });
    }

    private static List<List<EventMessage<?>>> appends(String prefix, int calls) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < calls + UNDER_WAY; i++) {
            if (i < calls) events.add(event(Calls.held(account(i), account(i), prefix + hold(i), 12_000, 5_000_000)));
            int settled = i - UNDER_WAY;
            if (settled >= 0)
                events.add(event(Calls.settled(
                        account(settled), account(settled), prefix + hold(settled), 12_000, 9_340, 5_000_000)));
        }
        List<List<EventMessage<?>>> appends = new ArrayList<>();
        for (int i = 0; i < events.size(); i += APPEND)
            appends.add(events.subList(i, Math.min(events.size(), i + APPEND)));
        return appends;
    }

    private static long account(int call) {
        return 1 + (call * 7919L) % ACCOUNTS;
    }

    private static String hold(int call) {
        return "req-0123456789abcdef" + call;
    }

    private static EventMessage<?> event(Object payload) {
        return GenericEventMessage.asEventMessage(payload);
    }

    private record Cost(long java, long postgres, Map<String, Long> threads) {
        static Cost now() {
            Map<String, Long> threads = new TreeMap<>();
            ThreadMXBean beans = ManagementFactory.getThreadMXBean();
            for (var info : beans.dumpAllThreads(false, false)) {
                long cpu = beans.getThreadCpuTime(info.getThreadId());
                threads.merge(info.getThreadName(), cpu, Long::sum);
            }
            long java = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
            return new Cost(java, postgresNanos(), threads);
        }

        /** Of this database's server and every process that it has or had. */
        private static long postgresNanos() {
            int backend =
                    TestSystem.views().fetchSingle("select pg_backend_pid()").into(int.class);
            long server = stat(Path.of("/proc/" + backend))[1];
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                return processes
                                .filter(path -> path.getFileName().toString().matches("\\d+"))
                                .map(Cost::stat)
                                .filter(stat -> stat[0] == server || stat[1] == server)
                                .mapToLong(stat -> stat[2])
                                .sum()
                        * 10_000_000L;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Process, parent, and CPU time of itself and its ended children in hundredths of a second. */
        private static long[] stat(Path process) {
            try {
                String stat = Files.readString(process.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                long ticks = 0;
                for (int i = 11; i <= 14; i++) ticks += Long.parseLong(fields[i]);
                return new long[] {Long.parseLong(process.getFileName().toString()), Long.parseLong(fields[1]), ticks};
            } catch (IOException e) {
                return new long[3];
            }
        }
    }
}
