package io.tollbook.kernel.channel;

/**
 * How many keys a channel has.
 *
 * @param all however they stand
 * @param byHand switched off by a person
 * @param automatically switched off by Tollbook itself
 */
public record KeyCounts(int all, int byHand, int automatically) {
    public static final KeyCounts ONE = new KeyCounts(1, 0, 0);

    public int on() {
        return all - byHand - automatically;
    }
}
