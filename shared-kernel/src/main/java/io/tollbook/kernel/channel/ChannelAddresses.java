package io.tollbook.kernel.channel;

/** Looks where a channel's base URL leads. It looks names up, so nobody calls it who must not wait. */
public interface ChannelAddresses {
    /** @throws io.tollbook.kernel.Refused INVALID where it leads into a private network and root has closed those to channels */
    void check(ChannelTerms terms);

    /** @return that nothing answers there, and why, for whoever saves it; empty if something does */
    String warning(ChannelTerms terms);
}
