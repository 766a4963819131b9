package io.tollbook.console.statistics;

import io.tollbook.console.page.Chart;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsagePart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What passes from stage to stage. In each the biggest are named, and the others are together. */
final class Flow {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Usage> usedBy = new LinkedHashMap<>();
    private final Map<Between, Usage> usedBetween = new LinkedHashMap<>();

    record Node(Stage stage, Part part) {}

    private record Between(Node source, Node target) {}

    /** A row of the table: what passed between two. */
    record Link(Node source, Node target, Usage used) {}

    Flow(List<PeriodUsage> usage, List<Stage> stages, Metric metric, int top) {
        List<Map<String, Node>> byStage = new ArrayList<>();
        for (Stage stage : stages) byStage.add(nodes(usage, stage, metric, top));
        for (PeriodUsage one : usage) {
            Node before = null;
            for (int i = 0; i < stages.size(); i++) {
                Node node = node(byStage.get(i), stages.get(i), one.part());
                usedBy.merge(node, one.used(), Usage::plus);
                if (before != null) usedBetween.merge(new Between(before, node), one.used(), Usage::plus);
                before = node;
            }
        }
        Comparator<Node> byFigure = Comparator.comparing(node -> -metric.of(usedBy.get(node)));
        usedBy.keySet().stream()
                .sorted(Comparator.comparing((Node node) -> stages.indexOf(node.stage))
                        .thenComparing(node -> node.part.rest())
                        .thenComparing(byFigure)
                        .thenComparing(node -> node.part.key()))
                .forEach(nodes::add);
    }

    private static Map<String, Node> nodes(List<PeriodUsage> usage, Stage stage, Metric metric, int top) {
        Map<String, Part> parts = new HashMap<>();
        for (PeriodUsage one : usage) parts.computeIfAbsent(stage.key(one.part()), any -> stage.part(one.part()));
        List<String> biggest = UsageSeries.biggest(usage, stage, metric, top);
        Map<String, Node> nodes = new HashMap<>();
        for (String key : biggest) nodes.put(key, new Node(stage, parts.get(key)));
        nodes.put(Part.REST, new Node(stage, stage.others(biggest)));
        return nodes;
    }

    private static Node node(Map<String, Node> named, Stage stage, UsagePart part) {
        Node node = named.get(stage.key(part));
        return node == null ? named.get(Part.REST) : node;
    }

    List<Chart.Node> nodes(List<Stage> stages) {
        return nodes.stream()
                .map(node -> new Chart.Node(node.part.mark(), stages.indexOf(node.stage)))
                .toList();
    }

    List<Chart.Link> links(Metric metric) {
        return links().stream()
                .map(link ->
                        new Chart.Link(nodes.indexOf(link.source), nodes.indexOf(link.target), metric.of(link.used)))
                .toList();
    }

    List<Node> nodes() {
        return nodes;
    }

    Usage used(Node node) {
        return usedBy.getOrDefault(node, Usage.NONE);
    }

    /** From the first stage to the last. */
    List<Link> links() {
        return usedBetween.entrySet().stream()
                .map(one -> new Link(one.getKey().source, one.getKey().target, one.getValue()))
                .sorted(Comparator.comparing((Link link) -> nodes.indexOf(link.source))
                        .thenComparing(link -> nodes.indexOf(link.target)))
                .toList();
    }
}
