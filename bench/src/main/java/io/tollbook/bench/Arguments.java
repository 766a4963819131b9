package io.tollbook.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code --name=value} and {@code --name} of a command line; anything else, or an unknown name, is refused. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** @param usage every option there is, each with an example value */
    public static Arguments of(String[] args, String usage) {
        Set<String> known = Stream.of(usage.split(" +"))
                .map(option -> option.substring(2).split("=", 2)[0])
                .collect(Collectors.toSet());
        Map<String, String> values = new HashMap<>();
        for (String arg : args) {
            String[] parts = arg.startsWith("--") ? arg.substring(2).split("=", 2) : new String[0];
            if (parts.length == 0 || !known.contains(parts[0]))
                throw new IllegalArgumentException("unknown: " + arg + "; options: " + usage);
            values.put(parts[0], parts.length == 1 ? "true" : parts[1]);
        }
        return new Arguments(values);
    }

    public boolean has(String name) {
        return !values.getOrDefault(name, "false").equals("false");
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    public long number(String name, long otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    public Duration seconds(String name, long otherwise) {
        return Duration.ofSeconds(number(name, otherwise));
    }
}
