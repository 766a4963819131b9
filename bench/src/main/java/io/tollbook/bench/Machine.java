package io.tollbook.bench;

import io.tollbook.bench.gateway.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static Map<String, Object> facts(Path data) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("cpu", find(Path.of("/proc/cpuinfo"), "model name\\s*: (.*)"));
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memoryGb", Long.parseLong(find(Path.of("/proc/meminfo"), "MemTotal:\\s*(\\d+)")) / 1_048_576);
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        facts.put("postgresql", Postgres.of(data).version());
        facts.put("loadAverageBefore", loadAverage());
        return facts;
    }

    /** Of the last minute. Figures from a machine that others keep busy say little. */
    static double loadAverage() throws IOException {
        return Double.parseDouble(find(Path.of("/proc/loadavg"), "^(\\S+)"));
    }

    private static String find(Path file, String pattern) throws IOException {
        if (!Files.exists(file)) return "";
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(file));
        return matcher.find() ? matcher.group(1).strip() : "";
    }
}
