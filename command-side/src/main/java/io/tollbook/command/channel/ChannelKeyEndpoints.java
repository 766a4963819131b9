package io.tollbook.command.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeys;
import io.tollbook.kernel.channel.DeleteChannelKeys;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.EnableChannelKey;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyState;
import io.tollbook.kernel.channel.ListedKey;
import io.tollbook.kernel.channel.ListedKeys;
import io.tollbook.kernel.channel.RetireChannelKey;
import io.tollbook.kernel.channel.RevealChannelKeys;
import io.tollbook.kernel.channel.SwitchChannelKeys;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A channel's keys: listed with their state, switched, retired, deleted, and shown to root. */
@RestController
class ChannelKeyEndpoints {
    record Deed(
            @JsonProperty("channel_id") @Nullable Long channel,
            @Nullable String action,
            @JsonProperty("key_index") @Nullable Integer key,
            @Nullable Integer page,
            @JsonProperty("page_size") @Nullable Integer pageSize,
            @Nullable Integer status,
            @Nullable Long until) {}

    record Proof(@Nullable String password) {}

    private static final String BY_HAND = "by hand";

    private final Messages messages;
    private final Sessions sessions;

    ChannelKeyEndpoints(Messages messages, Sessions sessions) {
        this.messages = messages;
        this.sessions = sessions;
    }

    @PostMapping("/api/channel/multi_key/manage")
    Envelope manage(@RequestBody Deed deed, Actor actor) {
        ChannelEndpoints.administrator(actor);
        if (deed.channel() == null) throw Refused.invalid("channel_id is missing.");
        ChannelId channel = new ChannelId(deed.channel());
        Instant now = Instant.now();
        switch (deed.action() == null ? "" : deed.action()) {
            case "get_key_status" -> {
                return Envelope.of(status(channel, deed, actor));
            }
            case "disable_key" ->
                messages.send(new DisableChannelKey(channel, key(channel, deed, actor), false, BY_HAND, now), actor);
            case "enable_key" -> messages.send(new EnableChannelKey(channel, key(channel, deed, actor), now), actor);
            case "retire_key" ->
                messages.send(new RetireChannelKey(channel, key(channel, deed, actor), until(deed), now), actor);
            case "delete_key" ->
                messages.send(new DeleteChannelKeys(channel, Set.of(key(channel, deed, actor))), actor);
            case "enable_all_keys" ->
                messages.send(
                        new SwitchChannelKeys(channel, prints(several(channel, actor), null), true, "", now), actor);
            case "disable_all_keys" ->
                messages.send(
                        new SwitchChannelKeys(channel, prints(several(channel, actor), null), false, BY_HAND, now),
                        actor);
            case "delete_disabled_keys" -> {
                Set<KeyPrint> off = prints(several(channel, actor), KeyState.DISABLED_AUTOMATICALLY);
                int deleted = off.isEmpty() ? 0 : messages.send(new DeleteChannelKeys(channel, off), actor);
                return Envelope.of(deleted);
            }
            default ->
                throw Refused.invalid(
                        "The action must be get_key_status, disable_key, enable_key, retire_key, delete_key,"
                                + " enable_all_keys, disable_all_keys or delete_disabled_keys.");
        }
        return Envelope.done();
    }

    private static @Nullable Instant until(Deed deed) {
        if (deed.until() == null) throw Refused.invalid("until is missing: Unix seconds, or 0 to let the key stay.");
        if (deed.until() < 0 || deed.until() > 253_402_300_799L) throw Refused.invalid("until is out of range.");
        return deed.until() == 0 ? null : Instant.ofEpochSecond(deed.until());
    }

    private Map<String, Object> status(ChannelId channel, Deed deed, Actor actor) {
        Paging paging = PageOf.paging(deed.page(), deed.pageSize());
        ListedKeys keys = messages.ask(new ChannelKeys(channel, state(deed.status()), paging), actor);
        if (keys.counts().all() < 2) throw onlyKey();
        List<Map<String, Object>> shapes =
                keys.page().items().stream().map(ChannelKeyEndpoints::shape).toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("keys", shapes);
        data.put("total", keys.page().total());
        data.put("page", paging.offset() / paging.limit() + 1);
        data.put("page_size", paging.limit());
        data.put("total_pages", (keys.page().total() + paging.limit() - 1) / paging.limit());
        data.put("enabled_count", keys.counts().on());
        data.put("manual_disabled_count", keys.counts().byHand());
        data.put("auto_disabled_count", keys.counts().automatically());
        return data;
    }

    private static Refused onlyKey() {
        return Refused.invalid("This channel has one key: enable and disable the channel itself.");
    }

    private static @Nullable KeyState state(@Nullable Integer number) {
        if (number == null || number == 0) return null;
        for (KeyState state : KeyState.values()) if (state.number() == number) return state;
        throw Refused.invalid("A key's status is 1 (enabled), 2 (by hand) or 3 (automatically disabled).");
    }

    private static Map<String, Object> shape(ListedKey key) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("index", key.index());
        shape.put("status", key.state().number());
        if (key.since() != null) {
            shape.put("disabled_time", key.since().getEpochSecond());
            shape.put("reason", key.why());
        }
        if (key.retiresAt() != null) shape.put("retires_at", key.retiresAt().getEpochSecond());
        shape.put("key_preview", key.preview());
        shape.put("fingerprint", key.print().toString());
        return shape;
    }

    private KeyPrint key(ChannelId channel, Deed deed, Actor actor) {
        if (deed.key() == null || deed.key() < 0) throw Refused.invalid("key_index is missing; it counts from 0.");
        List<ListedKey> keys = several(channel, actor);
        if (deed.key() >= keys.size())
            throw new Refused(Refusal.NOT_FOUND, "The channel has no key " + deed.key() + ".");
        return keys.get(deed.key()).print();
    }

    private List<ListedKey> several(ChannelId channel, Actor actor) {
        List<ListedKey> all = new ArrayList<>();
        Page<ListedKey> page;
        do {
            Paging paging = new Paging(all.size(), Paging.LIMIT_MAX);
            page = messages.ask(new ChannelKeys(channel, null, paging), actor).page();
            all.addAll(page.items());
        } while (!page.items().isEmpty() && all.size() < page.total());
        if (all.size() < 2) throw onlyKey();
        return all;
    }

    private static Set<KeyPrint> prints(List<ListedKey> keys, @Nullable KeyState state) {
        Set<KeyPrint> prints = new HashSet<>();
        for (ListedKey key : keys) if (state == null || key.state() == state) prints.add(key.print());
        return prints;
    }

    /** Root alone, and only with the password given again: a session that was left open shows no key. */
    @PostMapping("/api/channel/{id:\\d+}/key")
    ResponseEntity<Map<String, Object>> reveal(
            @PathVariable long id, @RequestBody(required = false) @Nullable Proof proof, Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
        if (proof == null || proof.password() == null || proof.password().isBlank())
            return refused("VERIFICATION_REQUIRED", "Give your password again, as \"password\" in the body.");
        if (!sessions.matches(actor.signedIn(), new Secret(proof.password())))
            return refused("VERIFICATION_INVALID", "The password is wrong.");
        Secret keys = messages.send(new RevealChannelKeys(new ChannelId(id), Instant.now()), actor);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("message", "");
        answer.put("data", Map.of("key", keys.reveal()));
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(answer);
    }

    private static ResponseEntity<Map<String, Object>> refused(String code, String message) {
        return ResponseEntity.status(403).body(Map.of("success", false, "message", message, "code", code));
    }
}
