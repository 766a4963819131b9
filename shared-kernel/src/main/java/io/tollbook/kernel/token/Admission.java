package io.tollbook.kernel.token;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserStatus;

/**
 * All that the relay must know of a key and its user before it lets a call in.
 *
 * @param enabled false once disabled by its owner
 */
public record Admission(
        TokenId token,
        UserId user,
        AccountId account,
        boolean enabled,
        TokenTerms terms,
        UserStatus userStatus,
        Role role,
        String userGroup) {
    /** The group that prices and routes: the key's own, else the user's. */
    public String group() {
        return terms.group().isEmpty() ? userGroup : terms.group();
    }
}
