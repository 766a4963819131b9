package io.tollbook.kernel.idempotency;

/**
 * An answer as its client got it.
 *
 * @param type of its content
 * @param body its bytes; empty where it was too large to be kept
 */
public record StoredAnswer(int status, String type, byte[] body) {
    /** Longer answers are not kept; a repetition is told so, and not charged. */
    public static final int BYTES_MAX = 4 * 1024 * 1024;

    public boolean isKept() {
        return body.length > 0;
    }
}
