package io.tollbook.command.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
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
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
    private static final Pattern RANGE = Pattern.compile("[0-9A-Fa-f.:]+(/\\d{1,3})?");

    record Form(
            @Nullable Long id,
            @Nullable String name,
            @Nullable Integer status,
            @JsonProperty("expired_time") @Nullable Long expiredTime,
            @JsonProperty("remain_quota") @Nullable Long remainQuota,
            @JsonProperty("unlimited_quota") @Nullable Boolean unlimitedQuota,
            @JsonProperty("model_limits_enabled") @Nullable Boolean modelLimitsEnabled,
            @JsonProperty("model_limits") @Nullable String modelLimits,
            @JsonProperty("allow_ips") @Nullable String allowIps,
            @Nullable String group,
            @JsonProperty("cross_group_retry") @Nullable Boolean crossGroupRetry) {}

    record Selection(@Nullable List<Long> ids) {}

    private final Messages messages;
    private final Ids ids;
    private final Vault vault;

    TokenEndpoints(Messages messages, Ids ids, Vault vault) {
        this.messages = messages;
        this.ids = ids;
        this.vault = vault;
    }

    @PostMapping({"/api/token/", "/api/token"})
    Envelope create(@RequestBody Form form, Actor actor) {
        UserId owner = actor.signedIn();
        long most = Option.MAX_USER_TOKENS.number(messages.ask(new Options(), Actor.SYSTEM));
        if (messages.ask(new TokensOf(owner, null, null, Paging.first(1)), actor)
                        .total()
                >= most) throw new Refused(Refusal.TOO_MANY_KEYS);
        messages.send(
                new CreateToken(new TokenId(ids.next(Ids.Kind.TOKEN)), owner, Keys.next(), terms(form), Instant.now()),
                actor);
        return Envelope.done();
    }

    private static TokenTerms terms(Form form) {
        long expiry = form.expiredTime() == null ? -1 : form.expiredTime();
        if (expiry < -1 || expiry > 253_402_300_799L)
            throw Refused.invalid("expired_time must be -1 or a moment in Unix seconds.");
        boolean unlimited = Boolean.TRUE.equals(form.unlimitedQuota());
        return new TokenTerms(
                form.name() == null ? "" : form.name(),
                expiry == -1 ? null : Instant.ofEpochSecond(expiry),
                unlimited ? null : Quota.of(form.remainQuota() == null ? 0 : form.remainQuota()),
                Boolean.TRUE.equals(form.modelLimitsEnabled()),
                parts(form.modelLimits(), ","),
                addresses(form.allowIps()),
                form.group() == null ? "" : form.group().strip(),
                Boolean.TRUE.equals(form.crossGroupRetry()));
    }

    private static List<String> parts(@Nullable String text, String separator) {
        if (text == null) return List.of();
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static List<String> addresses(@Nullable String text) {
        List<String> lines = parts(text, "\n");
        for (String line : lines)
            if (!RANGE.matcher(line).matches())
                throw Refused.invalid(line + " is no network address and no CIDR range.");
        return lines;
    }

    @PutMapping({"/api/token/", "/api/token"})
    Envelope change(
            @RequestBody Form form,
            @RequestParam(name = "status_only", defaultValue = "false") boolean statusOnly,
            Actor actor) {
        UserId owner = actor.signedIn();
        TokenId token = new TokenId(form.id() == null ? 0 : form.id());
        TokenSummary before = token(owner, token, actor);
        if (!statusOnly) messages.send(new ChangeToken(token, owner, terms(form)), actor);
        if (form.status() != null && form.status() == TokenStatus.DISABLED.number())
            messages.send(new DisableToken(token, owner), actor);
        else if (form.status() != null && form.status() == TokenStatus.ENABLED.number()) {
            if (statusOnly && before.status() == TokenStatus.EXHAUSTED)
                throw new Refused(
                        Refusal.KEY_EXHAUSTED, "The quota of this API key is used up. Give it more quota first.");
            messages.send(new EnableToken(token, owner, Instant.now()), actor);
        }
        return Envelope.of(Shapes.token(token(owner, token, actor)));
    }

    private TokenSummary token(UserId owner, TokenId token, Actor actor) {
        return messages.ask(new TokenById(owner, token), actor).orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
    }

    @DeleteMapping("/api/token/{id}")
    Envelope delete(@PathVariable long id, Actor actor) {
        messages.send(new DeleteToken(new TokenId(id), actor.signedIn()), actor);
        return Envelope.done();
    }

    @PostMapping("/api/token/batch")
    Envelope deleteSome(@RequestBody Selection selection, Actor actor) {
        UserId owner = actor.signedIn();
        int deleted = 0;
        for (long id : chosen(selection)) {
            try {
                messages.send(new DeleteToken(new TokenId(id), owner), actor);
                deleted++;
            } catch (Refused refused) {
                // Somebody else's, or gone already: not counted.
                if (refused.refusal() != Refusal.NOT_FOUND) throw refused;
            }
        }
        return Envelope.of(deleted);
    }

    private static List<Long> chosen(Selection selection) {
        if (selection.ids() == null
                || selection.ids().isEmpty()
                || selection.ids().size() > BATCH_MAX) throw Refused.invalid("Choose 1 to " + BATCH_MAX + " keys.");
        return selection.ids();
    }

    @PostMapping("/api/token/{id}/key")
    Envelope reveal(@PathVariable long id, Actor actor) {
        return Envelope.of(Map.of("key", key(actor.signedIn(), id, actor)));
    }

    @PostMapping("/api/token/batch/keys")
    Envelope revealSome(@RequestBody Selection selection, Actor actor) {
        UserId owner = actor.signedIn();
        Map<String, String> keys = new LinkedHashMap<>();
        for (long id : chosen(selection)) keys.put(Long.toString(id), key(owner, id, actor));
        return Envelope.of(Map.of("keys", keys));
    }

    private String key(UserId owner, long id, Actor actor) {
        return messages.ask(new TokenKeyOf(owner, new TokenId(id)), actor)
                .flatMap(vault::open)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
    }
}
