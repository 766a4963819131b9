package io.tollbook.kernel.site;

/**
 * How far one read model is.
 *
 * @param position of the last event it has, 0 for none
 * @param head of the last event there is
 * @param running false while it is stopped or broken
 * @param error what broke it; empty if nothing did
 */
public record ReadModel(String name, long position, long head, boolean running, String error) {
    public long behind() {
        return Math.max(0, head - position);
    }
}
