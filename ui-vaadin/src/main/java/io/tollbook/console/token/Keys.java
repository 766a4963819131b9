package io.tollbook.console.token;

import io.tollbook.console.access.Visitor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.token.TokenTerms;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes API keys and shows them again to their owners. */
@Component
public class Keys {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 48;

    private final Visitor visitor;
    private final Vault vault;
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();

    Keys(Visitor visitor, Vault vault, Ids ids) {
        this.visitor = visitor;
        this.vault = vault;
        this.ids = ids;
    }

    /** A key for the visitor that may do everything the visitor may. */
    public TokenId createUnlimited(String name) {
        return create(new TokenTerms(name, null, null, false, List.of(), List.of(), "", false));
    }

    TokenId create(TokenTerms terms) {
        TokenId token = new TokenId(ids.next(Ids.Kind.TOKEN));
        return visitor.send(new CreateToken(token, visitor.user(), fresh(), terms, Instant.now()));
    }

    /** Whether a text typed into a search is a key itself. */
    static boolean isWhole(String text) {
        return text.matches("(sk-)?[A-Za-z0-9]{" + LENGTH + "}");
    }

    /** Under which a key is found without being stored. */
    String fingerprint(String whole) {
        return vault.fingerprint(Vault.API_KEY, whole.startsWith("sk-") ? whole.substring(3) : whole);
    }

    /** The whole key, as clients send it. */
    public String reveal(TokenId token) {
        return visitor.ask(new TokenKeyOf(visitor.user(), token))
                .flatMap(vault::open)
                .map(key -> "sk-" + key)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
    }

    private Secret fresh() {
        StringBuilder key = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return new Secret(key.toString());
    }
}
