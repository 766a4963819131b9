package io.tollbook.kernel.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.user.UserId;

/** A holder of quota. A user's own account has the user's number. Its text is the stream's name in the event store. */
public record AccountId(@JsonValue long value) {
    @JsonCreator
    public AccountId {
        if (value <= 0) throw Refused.invalid("An account id is a number from 1.");
    }

    public static AccountId of(UserId user) {
        return new AccountId(user.value());
    }

    @Override
    public String toString() {
        return "account-" + value;
    }
}
