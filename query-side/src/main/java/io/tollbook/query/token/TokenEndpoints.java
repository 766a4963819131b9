package io.tollbook.query.token;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokensOf;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A user's own API keys, masked. */
@RestController("tokenReads")
class TokenEndpoints {
    private final Messages messages;
    private final Vault vault;

    TokenEndpoints(Messages messages, Vault vault) {
        this.messages = messages;
        this.vault = vault;
    }

    @GetMapping({"/api/token/", "/api/token"})
    Envelope list(
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        return page(null, null, PageOf.paging(p, pageSize), actor);
    }

    @GetMapping("/api/token/search")
    Envelope search(
            @RequestParam(required = false) @Nullable String keyword,
            @RequestParam(required = false) @Nullable String token,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        String fingerprint = token == null || token.isBlank()
                ? null
                : vault.fingerprint(Vault.API_KEY, token.startsWith("sk-") ? token.substring(3) : token);
        return page(keyword, fingerprint, PageOf.paging(p, pageSize), actor);
    }

    private Envelope page(@Nullable String name, @Nullable String fingerprint, Paging paging, Actor actor) {
        return Envelope.of(PageOf.of(
                paging, messages.ask(new TokensOf(actor.signedIn(), name, fingerprint, paging), actor), Shapes::token));
    }

    @GetMapping("/api/token/{id:\\d+}")
    Envelope one(@PathVariable long id, Actor actor) {
        return Envelope.of(messages.ask(new TokenById(actor.signedIn(), TokenId.ofKey(id)), actor)
                .map(Shapes::token)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND)));
    }
}
