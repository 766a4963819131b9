package io.tollbook.bench.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Which tool did its task over which dialect. */
final class Matrix {
    private record Row(CommandLine tool, Asking asking) {}

    private final Map<Row, Map<Upstream, List<String>>> faults = new LinkedHashMap<>();

    void put(CommandLine tool, Asking asking, Upstream upstream, List<String> wrong) {
        faults.computeIfAbsent(new Row(tool, asking), _ -> new EnumMap<>(Upstream.class))
                .put(upstream, List.copyOf(wrong));
    }

    boolean isClean() {
        return faults.values().stream().flatMap(row -> row.values().stream()).allMatch(List::isEmpty);
    }

    /** @param modules where the packages say their version */
    String markdown(Path modules) throws Exception {
        StringBuilder text = new StringBuilder("| client | asks for a model of |");
        for (Upstream upstream : Upstream.values())
            text.append(' ').append(upstream.label()).append(" |");
        text.append("\n|---|---|")
                .append("---|".repeat(Upstream.values().length))
                .append('\n');
        for (Map.Entry<Row, Map<Upstream, List<String>>> row : faults.entrySet()) {
            CommandLine tool = row.getKey().tool();
            String version = JsonMapper.shared()
                    .readTree(Files.readString(modules.resolve(tool.npm()).resolve("package.json")))
                    .path("version")
                    .asString("");
            text.append("| ").append(tool.label()).append(' ').append(version).append(" | ");
            text.append(row.getKey().asking().label()).append(" |");
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
