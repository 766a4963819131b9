package io.tollbook.health;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of the machine's memory is taken. Linux says how much could be had at once; what the JVM calls free leaves out what
 * only caches files, and would have every machine nearly full.
 */
final class MachineMemory implements MeterBinder {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tollbook.machine.memory.used", MachineMemory::used)
                .description("Share of the machine's memory that is taken, from 0 to 1")
                .register(meters);
    }

    static double used() {
        if (Files.isReadable(MEMINFO)) {
            try {
                return used(Files.readString(MEMINFO));
            } catch (IOException e) {
                return Double.NaN;
            }
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine)
            return 1 - (double) machine.getFreeMemorySize() / machine.getTotalMemorySize();
        return Double.NaN;
    }

    static double used(String meminfo) {
        double total = kilobytes(meminfo, "MemTotal:");
        return 1 - kilobytes(meminfo, "MemAvailable:") / total;
    }

    private static double kilobytes(String meminfo, String name) {
        return meminfo.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> Double.parseDouble(
                        line.substring(name.length()).replace("kB", "").strip()))
                .orElse(Double.NaN);
    }
}
