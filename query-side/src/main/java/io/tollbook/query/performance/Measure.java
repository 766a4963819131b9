package io.tollbook.query.performance;

/** What a row of the read model counts. */
public enum Measure {
    /** Answered calls by the bucket of their response time. */
    RESPONSE_TIME(0),
    /** Streamed answers by the bucket of the time until their first byte. */
    FIRST_BYTE(1),
    /** Attempts by the number of their result. */
    ATTEMPTS(2),
    FAILED_CALLS(3),
    OUTPUT_TOKENS(4),
    GENERATION_MILLIS(5);

    /** As it is stored. */
    public final int number;

    Measure(int number) {
        this.number = number;
    }

    static Measure numbered(int number) {
        for (Measure measure : values()) if (measure.number == number) return measure;
        throw new IllegalArgumentException("no measure has the number " + number);
    }
}
