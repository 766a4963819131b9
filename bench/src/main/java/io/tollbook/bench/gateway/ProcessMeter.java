package io.tollbook.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a gateway's processes use, from {@code /proc}: its JVM and, apart, its PostgreSQL. */
public final class ProcessMeter {
    private static final double TICKS_PER_SECOND = 100;

    /**
     * @param javaSeconds CPU time of the JVM
     * @param postgresSeconds CPU time of all PostgreSQL processes, ended ones included
     * @param javaBytes memory of the JVM
     * @param postgresBytes memory of all PostgreSQL processes, shared pages counted once
     */
    public record Reading(long nanos, double javaSeconds, double postgresSeconds, long javaBytes, long postgresBytes) {
        public double javaSecondsSince(Reading before) {
            return javaSeconds - before.javaSeconds;
        }

        public double postgresSecondsSince(Reading before) {
            return postgresSeconds - before.postgresSeconds;
        }

        public long bytes() {
            return javaBytes + postgresBytes;
        }
    }

    /** One process of {@code /proc/<pid>/stat}, in ticks. */
    record Stat(long parent, long own, long endedChildren) {
        /** The name stands in brackets and may hold anything, so the fields count from the last bracket. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
        }
    }

    private final ProcessHandle java;
    private final Postgres postgres;

    public ProcessMeter(ProcessHandle java, Postgres postgres) {
        this.java = java;
        this.postgres = postgres;
    }

    public static ProcessMeter of(Gateway gateway) {
        return new ProcessMeter(gateway.process(), Postgres.of(gateway.data()));
    }

    public Reading read() {
        long nanos = System.nanoTime();
        List<ProcessHandle> databases = postgres.processes();
        double postgresTicks = 0;
        long postgresBytes = 0;
        for (int i = 0; i < databases.size(); i++) {
            long pid = databases.get(i).pid();
            Stat stat = stat(pid);
            // An ended backend's time moves into its parent's sum of ended children.
            postgresTicks += stat.own() + (i == 0 ? stat.endedChildren() : 0);
            postgresBytes += memory(pid);
        }
        return new Reading(
                nanos,
                stat(java.pid()).own() / TICKS_PER_SECOND,
                postgresTicks / TICKS_PER_SECOND,
                memory(java.pid()),
                postgresBytes);
    }

    private static Stat stat(long pid) {
        try {
            return Stat.parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException _) {
            return new Stat(0, 0, 0); // Ended between being listed and being read.
        }
    }

    /** Proportional: a page that several processes share counts once over all of them. */
    private static long memory(long pid) {
        try {
            return parseProportional(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
        } catch (IOException _) {
            return 0;
        }
    }

    static long parseProportional(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** CPU seconds that a JVM's threads have used so far, by thread name without its number. */
    public static Map<String, Double> threads(ProcessHandle java) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(java.pid()), "task"))) {
            return tasks.collect(Collectors.groupingBy(
                    task -> read(task.resolve("comm")).strip().replaceAll("[-# ]*[0-9]+$", ""),
                    Collectors.summingDouble(task -> {
                        String stat = read(task.resolve("stat"));
                        return stat.isEmpty() ? 0 : Stat.parse(stat).own() / TICKS_PER_SECOND;
                    })));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
