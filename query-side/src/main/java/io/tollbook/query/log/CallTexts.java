package io.tollbook.query.log;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.Dialect;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Meters and attempts as the usage log keeps them: JSON, short, and written by hand, because a general writer took more
 * time than all the rest of a log row.
 */
final class CallTexts {
    private static final TypeReference<Map<Meter, Long>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<List<List<Object>>> TUPLES = new TypeReference<>() {};

    private CallTexts() {}

    static String write(Meters meters) {
        StringBuilder text = new StringBuilder(48).append('{');
        meters.counts().forEach((meter, count) -> {
            if (text.length() > 1) text.append(',');
            text.append('"').append(meter.name()).append("\":").append(count.longValue());
        });
        return text.append('}').toString();
    }

    static Meters meters(String text) {
        return new Meters(new EnumMap<>(Json.read(text, COUNTS)));
    }

    static String write(List<Attempt> attempts) {
        StringBuilder text = new StringBuilder(64).append('[');
        for (Attempt attempt : attempts) {
            if (text.length() > 1) text.append(',');
            text.append('[').append(attempt.channel().value()).append(',');
            quote(text, attempt.upstreamModel());
            text.append(",\"").append(attempt.outcome().name()).append("\",");
            text.append(attempt.status()).append(',').append(attempt.millis());
            Conversion conversion = attempt.conversion();
            if (conversion != null)
                text.append(",\"")
                        .append(conversion.client().name())
                        .append("\",\"")
                        .append(conversion.upstream().name())
                        .append('"');
            AttemptCost cost = attempt.cost();
            if (cost != null)
                text.append(conversion == null ? ",null,null," : ",")
                        .append(cost.nanoUsd())
                        .append(',')
                        .append(cost.version())
                        .append(",\"")
                        .append(cost.basis().name())
                        .append('"');
            text.append(']');
        }
        return text.append(']').toString();
    }

    static List<Attempt> attempts(String text) {
        List<Attempt> attempts = new ArrayList<>();
        for (List<Object> tuple : Json.read(text, TUPLES))
            attempts.add(new Attempt(
                    new ChannelId(((Number) tuple.get(0)).longValue()),
                    (String) tuple.get(1),
                    Attempt.Outcome.valueOf((String) tuple.get(2)),
                    ((Number) tuple.get(3)).intValue(),
                    ((Number) tuple.get(4)).longValue(),
                    conversion(tuple),
                    cost(tuple)));
        return attempts;
    }

    /** Most tuples end before it, as all did once. */
    private static @Nullable Conversion conversion(List<Object> tuple) {
        return tuple.size() < 7 || tuple.get(5) == null
                ? null
                : new Conversion(Dialect.valueOf((String) tuple.get(5)), Dialect.valueOf((String) tuple.get(6)));
    }

    private static @Nullable AttemptCost cost(List<Object> tuple) {
        return tuple.size() < 10
                ? null
                : new AttemptCost(
                        ((Number) tuple.get(7)).longValue(),
                        ((Number) tuple.get(8)).longValue(),
                        AttemptCost.Basis.valueOf((String) tuple.get(9)));
    }

    private static void quote(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(Json.write(value));
                return;
            }
        }
        text.append('"').append(value).append('"');
    }
}
