package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;

/** What every listed call says of itself. */
public interface KnownCall {
    AccountId account();

    HoldId hold();

    UserId user();

    TokenId token();

    String model();

    /** Where it was sent; null if nobody knows. */
    @Nullable
    ChannelId channel();

    CallNames names();
}
