package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML read strictly, so that each refusal names its line. */
final class YamlNodes {
    static final int TEXT_MAX = 4 * 1024 * 1024;
    private static final int DEPTH_MAX = 30;

    private YamlNodes() {}

    static Node root(String text) {
        if (text.length() > TEXT_MAX) throw Refused.invalid("The file is larger than 4 MB.");
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setCodePointLimit(TEXT_MAX);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) throw Refused.invalid("The file is empty.");
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw Refused.invalid("Line " + line + ": this is no YAML: " + e.getProblem() + ".");
        } catch (YAMLException e) {
            throw Refused.invalid("The file is no YAML that can be read: " + e.getMessage());
        }
    }

    static Refused refused(Node at, String why) {
        return Refused.invalid("Line " + (at.getStartMark().getLine() + 1) + ": " + why);
    }

    /** A mapping's values by their names, with the nodes of the names. */
    static Map<String, NodeTuple> fields(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) throw refused(node, what + " must have fields, one per line.");
        Map<String, NodeTuple> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            checked(tuple.getKeyNode());
            checked(tuple.getValueNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode name))
                throw refused(tuple.getKeyNode(), "a field's name must be a text.");
            if (fields.put(name.getValue(), tuple) != null)
                throw refused(name, "the field “" + name.getValue() + "” stands there twice.");
        }
        return fields;
    }

    static List<Node> items(Node node, String what) {
        if (!(node instanceof SequenceNode sequence)) throw refused(node, what + " must be a list.");
        sequence.getValue().forEach(YamlNodes::checked);
        return sequence.getValue();
    }

    /** Nothing may stand for something elsewhere: such files can grow beyond all bounds when they are read. */
    private static void checked(Node node) {
        if (node.getAnchor() != null) throw refused(node, "anchors and aliases are not read here.");
    }

    /** Null for nothing. */
    static @Nullable String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) throw refused(node, what + " must be a text.");
        return isNothing(scalar) ? null : scalar.getValue();
    }

    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static boolean yes(Node node, String what) {
        String text = String.valueOf(text(node, what)).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) throw refused(node, what + " must be true or false.");
        return text.equals("true");
    }

    static long whole(Node node, String what) {
        try {
            return new BigDecimal(String.valueOf(text(node, what))).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused(node, what + " must be a whole number.");
        }
    }

    /** As JSON has it: maps, lists, texts, numbers, true, false and null. */
    static @Nullable Object json(Node node) {
        if (node instanceof MappingNode) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            fields(node, "this").forEach((name, tuple) -> map.put(name, json(tuple.getValueNode())));
            return map;
        }
        if (node instanceof SequenceNode) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node item : items(node, "this")) list.add(json(item));
            return list;
        }
        String value = ((ScalarNode) node).getValue();
        if (isNothing(node)) return null;
        boolean isYes = value.equalsIgnoreCase("true");
        if (node.getTag().equals(Tag.BOOL) && (isYes || value.equalsIgnoreCase("false"))) return isYes;
        if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
            try {
                return new BigDecimal(value);
            } catch (NumberFormatException e) {
                return value; // 0x1F, 12:30 and their like are numbers to nobody here.
            }
        }
        return value;
    }
}
