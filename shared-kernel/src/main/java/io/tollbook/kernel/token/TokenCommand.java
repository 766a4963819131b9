package io.tollbook.kernel.token;

import io.tollbook.kernel.Command;
import io.tollbook.kernel.Owned;

public sealed interface TokenCommand<R> extends Command<R>, Owned
        permits CreateToken, ChangeToken, EnableToken, DisableToken, DeleteToken {
    TokenId token();
}
