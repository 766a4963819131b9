package io.tollbook.kernel.performance;

import io.tollbook.kernel.account.Attempt;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How attempts end, told apart as far as it says what to do about it. */
public enum AttemptResult {
    ANSWERED(0, "answered"),
    RATE_LIMITED(1, "too many requests (429)"),
    KEY_REFUSED(2, "key not accepted (401, 402, 403)"),
    /** The request's own fault, whoever is asked. */
    REQUEST_REFUSED(3, "request not accepted (400, 413, 415, 422)"),
    /** Nor does a channel work whose provider knows neither the path nor the model. */
    PROVIDER_FAILED(4, "provider failed (5xx and other errors)"),
    UNREACHABLE(5, "not reached"),
    TIMED_OUT(6, "timed out"),
    CUT(7, "ended in the middle"),
    GARBAGE(8, "no answer but something else"),
    CANCELLED(9, "stopped by the client or by us"),
    UNKNOWN(10, "not known");

    private static final Map<Integer, AttemptResult> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toMap(AttemptResult::number, Function.identity()));

    private final int number;
    private final String words;

    AttemptResult(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** As read models store it, for ever. */
    public int number() {
        return number;
    }

    public String words() {
        return words;
    }

    /** Whether it says something about the channel: one that was stopped would have been answered, for all we know. */
    public boolean isOfChannel() {
        return this != REQUEST_REFUSED && this != CANCELLED && this != UNKNOWN;
    }

    public static AttemptResult numbered(int number) {
        AttemptResult result = BY_NUMBER.get(number);
        if (result == null) throw new IllegalArgumentException("no result has the number " + number);
        return result;
    }

    public static AttemptResult of(Attempt attempt) {
        return switch (attempt.outcome()) {
            case ANSWERED -> ANSWERED;
            case UNREACHABLE -> UNREACHABLE;
            case FAILED -> of(attempt.status());
            case TIMED_OUT -> TIMED_OUT;
            case CUT -> CUT;
            case GARBAGE -> GARBAGE;
            case CANCELLED -> CANCELLED;
            case UNKNOWN -> UNKNOWN;
        };
    }

    private static AttemptResult of(int status) {
        return switch (status) {
            case 401, 402, 403 -> KEY_REFUSED;
            case 429 -> RATE_LIMITED;
            case 400, 413, 415, 422 -> REQUEST_REFUSED;
            case 408 -> TIMED_OUT;
            default -> PROVIDER_FAILED;
        };
    }
}
