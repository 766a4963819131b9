package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;

/**
 * A hold was given back whole.
 *
 * @param code the error's code as the client saw it; empty if none
 * @param status the HTTP status the client saw; 0 if none
 * @param available the balance after it
 */
@EventName("account.hold-released")
public record HoldReleased(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        String group,
        Quota amount,
        ReleaseCause cause,
        String code,
        int status,
        List<Attempt> attempts,
        Quota available,
        Instant at)
        implements AccountEvent {}
