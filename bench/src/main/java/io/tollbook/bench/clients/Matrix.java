package io.tollbook.bench.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Which tool did its task over which dialect. */
final class Matrix {
    private final Map<CommandLine, Map<Upstream, List<String>>> faults = new EnumMap<>(CommandLine.class);

    void put(CommandLine tool, Upstream upstream, List<String> wrong) {
        faults.computeIfAbsent(tool, _ -> new EnumMap<>(Upstream.class)).put(upstream, List.copyOf(wrong));
    }

    boolean isClean() {
        return faults.values().stream().flatMap(row -> row.values().stream()).allMatch(List::isEmpty);
    }

    /** @param modules where the packages say their version */
    String markdown(Path modules) throws Exception {
        StringBuilder text = new StringBuilder("| client |");
        for (Upstream upstream : Upstream.values())
            text.append(' ').append(upstream.label()).append(" |");
        text.append("\n|---|").append("---|".repeat(Upstream.values().length)).append('\n');
        for (Map.Entry<CommandLine, Map<Upstream, List<String>>> row : faults.entrySet()) {
            String version = JsonMapper.shared()
                    .readTree(
                            Files.readString(modules.resolve(row.getKey().npm()).resolve("package.json")))
                    .path("version")
                    .asString("");
            text.append("| ")
                    .append(row.getKey().label())
                    .append(' ')
                    .append(version)
                    .append(" |");
            for (List<String> wrong : row.getValue().values())
                text.append(' ')
                        .append(
                                wrong.isEmpty()
                                        ? "ok"
                                        : String.join("; ", wrong).replace('|', '/'))
                        .append(" |");
            text.append('\n');
        }
        return text.toString();
    }
}
