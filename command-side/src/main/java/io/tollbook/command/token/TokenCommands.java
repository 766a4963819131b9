package io.tollbook.command.token;

import io.tollbook.command.account.Account;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LimitToken;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.springframework.stereotype.Component;

/** Decides what commands do to keys and to their limits in the owner's account. */
@Component
public class TokenCommands {
    private static final int KEY_LENGTH = 48;

    private final Repository<Token> tokens;
    private final Repository<Account> accounts;
    private final Vault vault;

    public TokenCommands(Repository<Token> tokens, Repository<Account> accounts, Vault vault) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.vault = vault;
    }

    @CommandHandler
    public TokenId handle(CreateToken command) throws Exception {
        String key = command.key().reveal();
        if (key.length() != KEY_LENGTH || !key.chars().allMatch(TokenCommands::isLetterOrDigit))
            throw Refused.invalid("An API key has " + KEY_LENGTH + " letters and digits.");
        Aggregate<Account> account = accounts.load(AccountId.of(command.owner()).toString());
        Sealed sealed = vault.seal(command.owner().toString(), key);
        String hint = key.substring(0, 4) + "…" + key.substring(KEY_LENGTH - 4);
        TokenCreated created = new TokenCreated(
                command.token(),
                command.owner(),
                vault.fingerprint("api-key", key),
                sealed,
                hint,
                command.terms(),
                command.at());
        tokens.newInstance(() -> new Token(created));
        if (command.terms().remaining() != null)
            account.execute(a -> a.handle(limit(command.owner(), command.token(), command.terms())));
        return command.token();
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static LimitToken limit(UserId owner, TokenId token, TokenTerms terms) {
        return new LimitToken(AccountId.of(owner), token, terms.remaining());
    }

    @CommandHandler
    public void handle(ChangeToken command) {
        Aggregate<Account> account = accounts.load(AccountId.of(command.owner()).toString());
        load(command.token()).execute(token -> {
            token.checkBelongsTo(command.owner());
            token.change(command.terms());
        });
        account.execute(a -> a.handle(limit(command.owner(), command.token(), command.terms())));
    }

    @CommandHandler
    public void handle(EnableToken command) {
        load(command.token()).execute(token -> {
            token.checkBelongsTo(command.owner());
            token.enable(command.at());
        });
    }

    @CommandHandler
    public void handle(DisableToken command) {
        load(command.token()).execute(token -> {
            token.checkBelongsTo(command.owner());
            token.disable();
        });
    }

    @CommandHandler
    public void handle(DeleteToken command) {
        load(command.token()).execute(token -> {
            token.checkBelongsTo(command.owner());
            token.delete();
        });
    }

    private Aggregate<Token> load(TokenId token) {
        return tokens.load(token.toString());
    }
}
