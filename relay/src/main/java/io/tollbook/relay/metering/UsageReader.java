package io.tollbook.relay.metering;

import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.UsageFault;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NumericNode;

/**
 * Reads the usage of one answer, whole or in pieces. Of each field the last value above zero counts: providers repeat usage
 * in every piece, send it in the first alone, or end with zeros. It is never added up.
 *
 * <p>One count that cannot be makes all of it unbelievable, whatever comes later.
 */
public abstract sealed class UsageReader permits OpenAiUsage, ClaudeUsage, GeminiUsage {
    private @Nullable UsageFault fault;
    private JsonNode offending = MissingNode.getInstance();
    private JsonNode usage = MissingNode.getInstance();
    /** The last one that was more than zeros. */
    private JsonNode telling = MissingNode.getInstance();

    /** Takes in an answer, or one event of a streamed one. Anything without usage is passed over. */
    public abstract void read(JsonNode answer);

    /** What was reported up to now. */
    public final Reported reported() {
        Counts counts = new Counts();
        UsageFault found = count(counts);
        if (fault != null) found = fault;
        else if (found == null) found = counts.fault();
        if (found != null) {
            JsonNode kept = fault == null ? telling : offending;
            return new Reported.Impossible(Quarantine.of(found, kept), counts.tools());
        }
        if (counts.isNothing()) return new Reported.Nothing(counts.tools());
        return isBegun() ? new Reported.Begun(counts.meters()) : new Reported.Counted(counts.meters());
    }

    /** Whether what was told of the answer up to now says nothing of its length. */
    boolean isBegun() {
        return false;
    }

    /** Fills in what was read; says what cannot be, or null. */
    abstract @Nullable UsageFault count(Counts counts);

    /** Whether this is a usage object; then it is the one whose counts are read next. */
    final boolean begin(JsonNode object) {
        if (!object.isObject()) return false;
        usage = object;
        return true;
    }

    /** The first candidate above zero, else what was there before. */
    final long last(long before, JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            long value = count(candidate);
            if (value == 0) continue;
            telling = usage;
            return value;
        }
        return before;
    }

    /** The count in a field; 0 where there is none, or none that can be. */
    final long count(JsonNode field) {
        if (field.isMissingNode() || field.isNull()) return 0;
        if (field.isInt() || field.isLong()) {
            long value = field.longValue();
            if (value >= 0 && value <= Meters.COUNT_MAX) return value;
        } else if (field instanceof NumericNode number && !number.isNaN()) {
            // What is larger than a double, 1e400 for one, is read as infinity and has no decimal value.
            BigDecimal value = field.decimalValue();
            if (value.signum() >= 0
                    && value.compareTo(BigDecimal.valueOf(Meters.COUNT_MAX)) <= 0
                    && value.stripTrailingZeros().scale() <= 0) return value.longValue();
        }
        if (fault == null) {
            fault = UsageFault.NOT_A_COUNT;
            offending = usage;
        }
        return 0;
    }
}
