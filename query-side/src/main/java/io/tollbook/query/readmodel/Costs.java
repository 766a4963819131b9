package io.tollbook.query.readmodel;

import java.util.regex.Pattern;

/** What attempts cost us, in stored events; their user reads these, and learns no cost. */
public final class Costs {
    /** A quote within a text is written behind a backslash, so none of this is ever part of one. */
    private static final Pattern COST = Pattern.compile(",\"cost\":\\{[^{}]*}");

    private Costs() {}

    /** An event's JSON without them. */
    public static String withheld(String payload) {
        return payload.contains("\"cost\":") ? COST.matcher(payload).replaceAll("") : payload;
    }
}
