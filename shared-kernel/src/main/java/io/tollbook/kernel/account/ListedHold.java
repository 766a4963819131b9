package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;

/** An open hold as people look at it. */
public record ListedHold(OpenHold open, CallNames names) implements KnownCall {
    @Override
    public AccountId account() {
        return open.account();
    }

    @Override
    public HoldId hold() {
        return open.hold();
    }

    @Override
    public UserId user() {
        return open.user();
    }

    @Override
    public TokenId token() {
        return open.token();
    }

    @Override
    public String model() {
        return open.model();
    }

    @Override
    public ChannelId channel() {
        return open.channel();
    }
}
