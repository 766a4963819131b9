package io.tollbook.relay.health;

import io.tollbook.kernel.account.Attempt;

/** Whose fault an attempt's failure was, which says who is left alone next. */
public enum Fault {
    /** Nobody's: it was answered. */
    NONE,
    /** The provider does not work: another channel may. */
    CHANNEL,
    /** The key has had too much for now: another key may be asked at once. */
    KEY_BUSY,
    /** The key is not accepted, or its account is empty: another key may be. */
    KEY_REFUSED,
    /** The request's, or ours: it says nothing about the provider. */
    REQUEST;

    /** @param code the provider's word for what went wrong; empty for none */
    public static Fault of(Attempt.Outcome outcome, int status, String code) {
        return switch (outcome) {
            case ANSWERED -> NONE;
            case CANCELLED -> REQUEST;
            case UNREACHABLE, TIMED_OUT, CUT, GARBAGE, UNKNOWN -> CHANNEL;
            case FAILED -> of(status, code);
        };
    }

    private static Fault of(int status, String code) {
        return switch (status) {
            case 401, 402, 403 -> KEY_REFUSED;
            // OpenAI's empty account comes as too many requests.
            case 429 -> code.equals("insufficient_quota") ? KEY_REFUSED : KEY_BUSY;
            case 408 -> CHANNEL;
            default -> status >= 500 ? CHANNEL : REQUEST;
        };
    }

    /** Whether the same channel may be asked again under another key. */
    public boolean isOfKey() {
        return this == KEY_BUSY || this == KEY_REFUSED;
    }
}
