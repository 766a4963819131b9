package io.tollbook.command.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.command.api.Selection;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelDraft;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.ProbeEndpoint;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Channels, as administrators change them. */
@RestController
class ChannelEndpoints {
    record Creation(
            @Nullable String mode,
            @JsonProperty("multi_key_mode") @Nullable String multiKeyMode,

            @JsonProperty("batch_add_set_key_prefix_2_name") @Nullable
            Boolean namedByKey,

            @Nullable JsonNode channel) {}

    private static final int BATCH_MAX = 200;
    private static final int KEY_SHOWN = 8;
    private static final int CHOSEN_MAX = 1_000;

    private final Messages messages;
    private final Ids ids;
    private final ChannelProbe probe;
    private final ChannelAddresses addresses;

    ChannelEndpoints(Messages messages, Ids ids, ChannelProbe probe, ChannelAddresses addresses) {
        this.messages = messages;
        this.ids = ids;
        this.probe = probe;
        this.addresses = addresses;
    }

    /**
     * Mode {@code batch} makes one channel for each line of the key, {@code multi_to_single} one channel with all of them.
     */
    @PostMapping({"/api/channel/", "/api/channel"})
    Envelope create(@RequestBody Creation form, Actor actor) {
        administrator(actor);
        if (form.channel() == null) throw Refused.invalid("The channel is missing.");
        String mode = form.mode() == null ? "single" : form.mode();
        ChannelForm channel = ChannelForm.with(
                form.channel(), "multi_key_mode", mode.equals("multi_to_single") ? form.multiKeyMode() : null);
        List<String> keys = keys(mode, channel.key());
        List<ChannelDraft> drafts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++)
            drafts.add(new ChannelDraft(
                    new ChannelId(ids.next(Ids.Kind.CHANNEL)),
                    channel.terms(null, suffix(form, keys, i)),
                    new Secret(keys.get(i)),
                    true));
        ChannelTerms first = drafts.getFirst().terms();
        addresses.check(first);
        messages.send(new ChangeChannels(drafts, List.of(), Instant.now()), actor);
        return new Envelope(true, first.baseUrl().isEmpty() ? "" : addresses.warning(first), null);
    }

    private static String suffix(Creation form, List<String> keys, int i) {
        if (keys.size() == 1) return "";
        String key = keys.get(i);
        boolean named = Boolean.TRUE.equals(form.namedByKey()) && key.length() > 4 * KEY_SHOWN;
        return " " + (named ? key.substring(0, KEY_SHOWN) : Integer.toString(i + 1));
    }

    /** The key of each channel to make. */
    private static List<String> keys(String mode, String key) {
        List<String> lines = lines(key);
        return switch (mode) {
            case "single" -> List.of(key);
            case "multi_to_single" -> List.of(String.join("\n", lines));
            case "batch" -> {
                if (lines.isEmpty() || lines.size() > BATCH_MAX)
                    throw Refused.invalid("A batch needs 1 to " + BATCH_MAX + " keys, one per line.");
                yield lines;
            }
            default -> throw Refused.invalid("The mode must be single, batch or multi_to_single.");
        };
    }

    static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    @PutMapping({"/api/channel/", "/api/channel"})
    Envelope change(@RequestBody JsonNode body, Actor actor) {
        administrator(actor);
        ChannelForm form = new ChannelForm(body);
        ChannelId id = new ChannelId(form.id());
        ChannelSummary before = channel(id, actor);
        ChannelStatus status = form.status();
        Secret key = form.key().isBlank() ? null : new Secret(form.key());
        boolean adds = form.appendsKeys();
        String warning = "";
        if (form.hasTerms() || key != null) {
            ChannelTerms terms = form.terms(before.terms(), "");
            boolean moves = !terms.baseUrl().equals(before.terms().baseUrl());
            if (moves) addresses.check(terms);
            messages.send(new ChangeChannel(id, terms, key, adds), actor);
            if (moves) warning = addresses.warning(terms);
        }
        // An object that is sent back whole says its present status too; only another one is a wish.
        if (status != null && status != before.status()) {
            if (status == ChannelStatus.ENABLED) messages.send(new EnableChannel(id, Instant.now()), actor);
            else messages.send(new DisableChannel(id, false, "by hand"), actor);
        }
        Map<String, @Nullable Object> shape = Shapes.channel(channel(id, actor));
        shape.put("multi_key_mode", null);
        shape.put("key_mode", null);
        return new Envelope(true, warning, shape);
    }

    private ChannelSummary channel(ChannelId id, Actor actor) {
        return messages.ask(new ChannelById(id), actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such channel."));
    }

    @DeleteMapping("/api/channel/{id:\\d+}")
    Envelope delete(@PathVariable long id, Actor actor) {
        administrator(actor);
        messages.send(new DeleteChannel(new ChannelId(id)), actor);
        return Envelope.done();
    }

    @PostMapping("/api/channel/batch")
    Envelope deleteSome(@RequestBody Selection selection, Actor actor) {
        administrator(actor);
        return Envelope.of(delete(
                selection.chosen(CHOSEN_MAX, "channels").stream()
                        .map(ChannelId::new)
                        .toList(),
                actor));
    }

    private int delete(List<ChannelId> chosen, Actor actor) {
        int deleted = 0;
        for (ChannelId id : chosen) {
            try {
                messages.send(new DeleteChannel(id), actor);
                deleted++;
            } catch (Refused refused) {
                // Gone already: not counted.
                if (refused.refusal() != Refusal.NOT_FOUND) throw refused;
            }
        }
        return deleted;
    }

    @DeleteMapping("/api/channel/disabled")
    Envelope deleteDisabled(Actor actor) {
        administrator(actor);
        ChannelFilter disabled =
                ChannelFilter.ALL.withStatuses(ChannelStatus.DISABLED_BY_HAND, ChannelStatus.DISABLED_AUTOMATICALLY);
        int deleted = 0;
        while (true) {
            List<ChannelId> some =
                    messages.ask(Channels.byId(disabled, Paging.first(Paging.LIMIT_MAX)), actor).items().stream()
                            .map(ChannelSummary::id)
                            .toList();
            int now = delete(some, actor);
            deleted += now;
            if (now == 0 || some.size() < Paging.LIMIT_MAX) return Envelope.of(deleted);
        }
    }

    /** Nothing to mend: routes follow from the channels by themselves. The answer says how many there are. */
    @PostMapping("/api/channel/fix")
    Envelope fix(Actor actor) {
        administrator(actor);
        long channels = messages.ask(Channels.byId(ChannelFilter.ALL, Paging.first(1)), actor)
                .total();
        return Envelope.of(Map.of("success", channels, "fails", 0));
    }

    /**
     * Tests a channel; the answer's time is in seconds.
     *
     * @param endpointType what a client would ask; empty for what suits the model
     * @param key the print of one of the channel's keys, which may be switched off
     */
    @GetMapping("/api/channel/test/{id:\\d+}")
    Map<String, Object> test(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(name = "endpoint_type", required = false) @Nullable String endpointType,
            @RequestParam(defaultValue = "false") boolean stream,
            @RequestParam(required = false) @Nullable String key,
            Actor actor) {
        administrator(actor);
        ChannelId channel = channel(new ChannelId(id), actor).id();
        if (model != null && model.length() > ChannelTerms.MODEL_NAME_MAX)
            throw Refused.invalid("The model's name is too long.");
        ChannelProbe.Result result = probe.probe(new ChannelProbe.Trial(
                channel,
                model == null || model.isBlank() ? null : model,
                ProbeEndpoint.of(endpointType),
                stream,
                key == null || key.isBlank() ? null : new KeyPrint(key)));
        messages.send(
                new RecordChannelTest(
                        channel, result.model(), result.passed(), result.error(), result.millis(), Instant.now()),
                actor);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", result.passed());
        answer.put("message", result.error());
        answer.put("time", BigDecimal.valueOf(result.millis(), 3).setScale(3, RoundingMode.HALF_UP));
        if (!result.passed()) answer.put("error_code", "channel_test_failed");
        return answer;
    }
}
