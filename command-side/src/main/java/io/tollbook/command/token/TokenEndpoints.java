package io.tollbook.command.token;

import io.tollbook.command.access.GrowingDelay;
import io.tollbook.command.api.Selection;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A user's own API keys. */
@RestController
class TokenEndpoints {
    private static final int BATCH_MAX = 100;
    private static final int FREE_REVEALS = 60;

    private final Messages messages;
    private final Ids ids;
    private final Vault vault;
    private final GrowingDelay reveals = new GrowingDelay(FREE_REVEALS, Duration.ofMinutes(5), Clock.systemUTC());
    /** One user's keys are made one after the other, so that counting them before making one means something. */
    private final Lock[] turns = Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

    TokenEndpoints(Messages messages, Ids ids, Vault vault) {
        this.messages = messages;
        this.ids = ids;
        this.vault = vault;
    }

    @PostMapping({"/api/token/", "/api/token"})
    Envelope create(@RequestBody TokenForm form, Actor actor) {
        UserId owner = actor.signedIn();
        CreateToken command =
                new CreateToken(new TokenId(ids.next(Ids.Kind.TOKEN)), owner, Keys.next(), form.terms(), Instant.now());
        long most = Option.MAX_USER_TOKENS.number(messages.ask(new Options(), Actor.SYSTEM));
        Lock turn = turns[Math.floorMod(Long.hashCode(owner.value()), turns.length)];
        turn.lock();
        try {
            long present = messages.ask(new TokensOf(owner, null, null, Paging.first(1)), actor)
                    .total();
            if (present >= most) throw new Refused(Refusal.TOO_MANY_KEYS);
            messages.send(command, actor);
        } finally {
            turn.unlock();
        }
        return Envelope.done();
    }

    @PutMapping({"/api/token/", "/api/token"})
    Envelope change(
            @RequestBody TokenForm form,
            @RequestParam(name = "status_only", defaultValue = "false") boolean statusOnly,
            Actor actor) {
        UserId owner = actor.signedIn();
        TokenId token = TokenId.ofKey(form.id() == null ? 0 : form.id());
        TokenSummary before = token(owner, token, actor);
        if (!statusOnly) messages.send(new ChangeToken(token, owner, form.terms(before.terms())), actor);
        // An object that is sent back whole says its present status too; only another one is a wish.
        boolean wished = form.status() != null
                && (statusOnly || form.status() != before.status().number());
        if (wished) changeStatus(form.status(), token, owner, actor);
        return Envelope.of(Shapes.token(token(owner, token, actor)));
    }

    private void changeStatus(int status, TokenId token, UserId owner, Actor actor) {
        if (status == TokenStatus.DISABLED.number()) messages.send(new DisableToken(token, owner), actor);
        else if (status == TokenStatus.ENABLED.number())
            messages.send(new EnableToken(token, owner, Instant.now()), actor);
        else throw Refused.invalid("The status must be 1 (enabled) or 2 (disabled).");
    }

    private TokenSummary token(UserId owner, TokenId token, Actor actor) {
        return messages.ask(new TokenById(owner, token), actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such key."));
    }

    @DeleteMapping("/api/token/{id}")
    Envelope delete(@PathVariable long id, Actor actor) {
        messages.send(new DeleteToken(TokenId.ofKey(id), actor.signedIn()), actor);
        return Envelope.done();
    }

    @PostMapping("/api/token/batch")
    Envelope deleteSome(@RequestBody Selection selection, Actor actor) {
        UserId owner = actor.signedIn();
        int deleted = 0;
        for (long id : selection.chosen(BATCH_MAX, "keys")) {
            try {
                messages.send(new DeleteToken(TokenId.ofKey(id), owner), actor);
                deleted++;
            } catch (Refused refused) {
                // Somebody else's, or gone already: not counted.
                if (refused.refusal() != Refusal.NOT_FOUND) throw refused;
            }
        }
        return Envelope.of(deleted);
    }

    @PostMapping("/api/token/{id}/key")
    Envelope reveal(@PathVariable long id, Actor actor) {
        UserId owner = actor.signedIn();
        reveals.enter(owner.toString());
        return Envelope.of(Map.of("key", key(owner, id, actor)));
    }

    @PostMapping("/api/token/batch/keys")
    Envelope revealSome(@RequestBody Selection selection, Actor actor) {
        UserId owner = actor.signedIn();
        reveals.enter(owner.toString());
        Map<String, String> keys = new LinkedHashMap<>();
        for (long id : selection.chosen(BATCH_MAX, "keys")) keys.put(Long.toString(id), key(owner, id, actor));
        return Envelope.of(Map.of("keys", keys));
    }

    private String key(UserId owner, long id, Actor actor) {
        return messages.ask(new TokenKeyOf(owner, TokenId.ofKey(id)), actor)
                .flatMap(vault::open)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such key."));
    }
}
