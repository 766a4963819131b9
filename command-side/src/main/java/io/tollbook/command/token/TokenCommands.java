package io.tollbook.command.token;

import io.tollbook.command.account.Account;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LimitToken;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What happens to a key together with its limit in the owner's account: both or none. */
@Component
class TokenCommands {
    private final Repository<Token> tokens;
    private final Repository<Account> accounts;
    private final Vault vault;

    TokenCommands(
            @Lazy @Qualifier("tokenRepository") Repository<Token> tokens,
            @Lazy @Qualifier("accountRepository") Repository<Account> accounts,
            Vault vault) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.vault = vault;
    }

    @CommandHandler
    TokenId handle(CreateToken command) throws Exception {
        Token.check(command);
        Aggregate<Account> account = accountOf(command.owner());
        tokens.newInstance(() -> new Token(command, vault));
        limit(account, command.owner(), command.token(), command.terms().remaining());
        return command.token();
    }

    @CommandHandler
    void handle(ChangeToken command) {
        Aggregate<Token> token = tokens.load(command.token().toString());
        token.execute(t -> t.checkChange(command));
        Aggregate<Account> account = accountOf(command.owner());
        token.execute(t -> t.change(command));
        limit(account, command.owner(), command.token(), command.terms().remaining());
    }

    @CommandHandler
    void handle(EnableToken command) {
        Aggregate<Token> token = tokens.load(command.token().toString());
        Quota remaining = accountOf(command.owner()).invoke(a -> a.remainingOf(command.token()));
        token.execute(t -> t.enable(command, remaining != null && !remaining.isPositive()));
    }

    private Aggregate<Account> accountOf(UserId owner) {
        return accounts.load(AccountId.of(owner).toString());
    }

    /** A limit that is already so is left alone: setting it again would forget what is held at the moment. */
    private static void limit(Aggregate<Account> account, UserId owner, TokenId token, @Nullable Quota remaining) {
        account.execute(a -> {
            if (!Objects.equals(a.remainingOf(token), remaining))
                a.handle(new LimitToken(AccountId.of(owner), token, remaining));
        });
    }
}
