package io.tollbook.start;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Linux (6.12 and later; older ones ignore it) for short turns on the processor. A thread with short turns comes to run
 * soon after it was woken, even when every processor is busy. Without, the one that waits for a commit is woken by the disk
 * and then waits up to 4 ms for a processor, and so does everybody whose call is in that commit.
 *
 * <p>New threads and processes inherit it: asked for before anything is started, it holds for PostgreSQL too, but not for the
 * JVM's own compiler and collector.
 *
 * @see "adr/0007"
 */
public final class ShortTurns {
    static final long NANOS = 100_000;

    private static final Logger log = LoggerFactory.getLogger(ShortTurns.class);
    /** {@code struct sched_attr} in its first version. */
    private static final int ATTRIBUTES = 48;

    private static final int RUNTIME_AT = 24;

    private ShortTurns() {}

    /** For the present thread and all that come from it. Where that is not possible, everything stays as it was. */
    public static void ask() {
        try {
            MemorySegment attributes = attributes();
            attributes.set(JAVA_LONG, RUNTIME_AT, NANOS);
            call(setNumber(), attributes, 0);
        } catch (UnsupportedOperationException e) {
            log.debug("No short turns here: {}", e.getMessage());
        }
    }

    /** The longest turn of the present thread in nanoseconds; 0 where the kernel does not say. */
    static long turnNanos() {
        return attributes().get(JAVA_LONG, RUNTIME_AT);
    }

    private static MemorySegment attributes() {
        MemorySegment attributes = Arena.ofAuto().allocate(ATTRIBUTES, Long.BYTES);
        attributes.set(JAVA_INT, 0, ATTRIBUTES);
        call(setNumber() + 1, attributes, ATTRIBUTES);
        return attributes;
    }

    /** {@code sched_setattr}; {@code sched_getattr} is the next on both. */
    private static long setNumber() {
        if (System.getProperty("os.name").equals("Linux"))
            switch (System.getProperty("os.arch")) {
                case "amd64" -> {
                    return 314;
                }
                case "aarch64" -> {
                    return 274;
                }
                default -> {}
            }
        throw new UnsupportedOperationException("not Linux on a processor we know");
    }

    /** @param third flags for setting, the size for getting */
    private static void call(long number, MemorySegment attributes, int third) {
        Linker linker = Linker.nativeLinker();
        MethodHandle system = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(1));
        long result;
        try {
            result = (long) system.invokeExact(number, 0, attributes, third, 0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (result != 0) throw new UnsupportedOperationException("the system refused");
    }
}
