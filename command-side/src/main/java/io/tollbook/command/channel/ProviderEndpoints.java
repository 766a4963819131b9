package io.tollbook.command.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ModelDifference;
import io.tollbook.kernel.channel.ModelWatch;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What providers tell of channels' accounts: what is left, and which models there are. */
@RestController
class ProviderEndpoints {
    record Account(
            @JsonProperty("base_url") @Nullable String baseUrl,
            @Nullable Integer type,
            @Nullable String key) {}

    record Update(
            @Nullable Long id,
            @JsonProperty("add_models") @Nullable List<String> added,
            @JsonProperty("remove_models") @Nullable List<String> removed,
            @JsonProperty("ignore_models") @Nullable List<String> ignored) {
        long channel() {
            return id == null ? 0 : id;
        }
    }

    private final Messages messages;
    private final ProviderAccounts accounts;
    private final ChannelBalances balances;
    private final ModelUpdates updates;

    ProviderEndpoints(Messages messages, ProviderAccounts accounts, ChannelBalances balances, ModelUpdates updates) {
        this.messages = messages;
        this.accounts = accounts;
        this.balances = balances;
        this.updates = updates;
    }

    @GetMapping("/api/channel/update_balance/{id:\\d+}")
    Map<String, Object> balance(@PathVariable long id, Actor actor) {
        atLeast(Role.ADMIN, actor);
        ChannelId channel = existing(id, actor);
        Map<String, Object> answer = new LinkedHashMap<>();
        ChannelBalance balance = balances.ask(channel, actor);
        answer.put("success", true);
        answer.put("message", "");
        answer.put("balance", balance.amount());
        answer.put("balance_currency", balance.currency());
        return answer;
    }

    @GetMapping("/api/channel/fetch_models/{id:\\d+}")
    Envelope models(@PathVariable long id, Actor actor) {
        atLeast(Role.ADMIN, actor);
        ChannelId channel = existing(id, actor);
        return Envelope.of(accounts.models(channel));
    }

    @PostMapping("/api/channel/fetch_models")
    Envelope models(@RequestBody Account account, Actor actor) {
        atLeast(Role.ROOT, actor);
        if (account.type() == null) throw Refused.invalid("type is missing.");
        if (account.key() == null || account.key().isBlank()) throw Refused.invalid("key is missing.");
        // One of several will do.
        String key = account.key().strip().lines().findFirst().orElseThrow().strip();
        if (key.chars().anyMatch(c -> c <= ' ' || c > '~'))
            throw Refused.invalid("The key has a space or a character that no key has.");
        String address = account.baseUrl() == null ? "" : account.baseUrl();
        return Envelope.of(accounts.models(account.type(), address, new Secret(key)));
    }

    @PostMapping("/api/channel/upstream_updates/detect")
    Envelope detect(@RequestBody Update update, Actor actor) {
        atLeast(Role.ADMIN, actor);
        ModelUpdates.Compared compared = updates.compare(existing(update.channel(), actor), actor);
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("channel_id", compared.channel().id().value());
        shape.put("channel_name", compared.channel().terms().name());
        shape.put("add_models", compared.difference().added());
        shape.put("remove_models", compared.difference().removed());
        shape.put("last_check_time", compared.at().getEpochSecond());
        shape.put("auto_added_models", compared.takenIn());
        return Envelope.of(shape);
    }

    @PostMapping("/api/channel/upstream_updates/apply")
    Envelope apply(@RequestBody Update update, Actor actor) {
        atLeast(Role.ADMIN, actor);
        ChannelId channel = existing(update.channel(), actor);
        List<String> ignored = list(update.ignored(), "ignore_models");
        ignored.forEach(ProviderEndpoints::checkPattern);
        ModelUpdates.Applied applied = updates.apply(
                channel, list(update.added(), "add_models"), list(update.removed(), "remove_models"), ignored, actor);
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", channel.value());
        shape.put("added_models", applied.done().added());
        shape.put("removed_models", applied.done().removed());
        shape.put("ignored_models", ModelWatch.of(applied.terms()).ignored());
        shape.put("remaining_models", applied.left().added());
        shape.put("remaining_remove_models", applied.left().removed());
        shape.put("models", String.join(",", applied.terms().models()));
        shape.put("settings", applied.terms().extra().getOrDefault("settings", ""));
        return Envelope.of(shape);
    }

    @PostMapping("/api/channel/upstream_updates/apply_all")
    Envelope applyAll(Actor actor) {
        atLeast(Role.ADMIN, actor);
        ModelUpdates.AppliedAll all = updates.applyAll(actor);
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("processed_channels", all.processed().size());
        shape.put("added_models", all.added());
        shape.put("removed_models", all.removed());
        shape.put(
                "failed_channel_ids",
                all.failed().stream().map(ChannelId::value).toList());
        shape.put(
                "results",
                all.processed().stream()
                        .map(id -> Map.of("channel_id", id.value()))
                        .toList());
        return Envelope.of(shape);
    }

    private static List<String> list(@Nullable List<String> names, String field) {
        if (names == null) return List.of();
        if (names.size() > ProviderAccounts.MODELS_MAX)
            throw Refused.invalid(field + " names more than " + ProviderAccounts.MODELS_MAX + " models.");
        for (String name : names)
            if (name == null || name.isBlank() || name.length() > ChannelTerms.MODEL_NAME_MAX)
                throw Refused.invalid(field + " has a name that is empty or longer than " + ChannelTerms.MODEL_NAME_MAX
                        + " characters.");
        return names.stream().map(String::strip).distinct().toList();
    }

    private static void checkPattern(String entry) {
        if (!entry.startsWith(ModelDifference.REGEX)) return;
        try {
            Pattern.compile(entry.substring(ModelDifference.REGEX.length()));
        } catch (PatternSyntaxException e) {
            throw Refused.invalid("ignore_models: " + entry + " is no pattern: " + e.getDescription() + ".");
        }
    }

    private ChannelId existing(long id, Actor actor) {
        if (id < 1) throw Refused.invalid("id must be a channel's number.");
        ChannelId channel = new ChannelId(id);
        messages.ask(new ChannelById(channel), actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such channel."));
        return channel;
    }

    private static void atLeast(Role role, Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(role)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
