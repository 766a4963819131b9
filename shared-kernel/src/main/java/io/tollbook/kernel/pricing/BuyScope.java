package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelTerms;
import java.util.regex.Pattern;

/**
 * Which channels a buy price is for.
 *
 * @param of the channel's number, the tag, or the number of the type; empty for all channels
 */
public record BuyScope(Kind kind, String of) implements Comparable<BuyScope> {
    /** Every channel. */
    public static final BuyScope ALL = new BuyScope(Kind.ALL, "");

    /** The narrower comes first, and counts. */
    public enum Kind {
        CHANNEL,
        TAG,
        TYPE,
        ALL
    }

    private static final int TAG_MAX = 255;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    public BuyScope {
        if (kind == null || of == null) throw Refused.invalid("A buy price says which channels it is for.");
        of = of.strip();
        switch (kind) {
            case CHANNEL -> checkNumber("channel", of);
            case TYPE -> checkNumber("type", of);
            case TAG -> {
                if (of.isEmpty() || of.length() > TAG_MAX || of.codePoints().anyMatch(Character::isISOControl))
                    throw Refused.invalid("A tag has 1 to " + TAG_MAX + " visible characters.");
            }
            case ALL -> {
                if (!of.isEmpty()) throw Refused.invalid("A buy price for all channels names none.");
            }
        }
    }

    private static void checkNumber(String kind, String of) {
        if (!NUMBER.matcher(of).matches())
            throw Refused.invalid("A buy price for a " + kind + " names its number, not “" + of + "”.");
    }

    boolean covers(long channel, ChannelTerms terms) {
        return switch (kind) {
            case CHANNEL -> of.equals(Long.toString(channel));
            case TAG -> of.equals(terms.tag().strip());
            case TYPE -> of.equals(Integer.toString(terms.type()));
            case ALL -> true;
        };
    }

    @Override
    public int compareTo(BuyScope other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : of.compareTo(other.of);
    }
}
