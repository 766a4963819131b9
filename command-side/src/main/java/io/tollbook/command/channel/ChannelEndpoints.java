package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
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
    record Creation(@Nullable String mode, @Nullable JsonNode channel) {}

    record Selection(@Nullable List<Long> ids) {}

    private final Messages messages;
    private final Ids ids;
    private final ChannelProbe probe;

    ChannelEndpoints(Messages messages, Ids ids, ChannelProbe probe) {
        this.messages = messages;
        this.ids = ids;
        this.probe = probe;
    }

    /** Mode {@code batch} makes one channel for each line of the key. */
    @PostMapping({"/api/channel/", "/api/channel"})
    Envelope create(@RequestBody Creation form, Actor actor) {
        actor.signedIn();
        if (form.channel() == null) throw Refused.invalid("The channel is missing.");
        ChannelForm channel = new ChannelForm(form.channel());
        String keys = channel.key();
        List<String> each = "batch".equals(form.mode())
                ? keys.lines()
                        .map(String::strip)
                        .filter(k -> !k.isEmpty())
                        .distinct()
                        .toList()
                : List.of(keys);
        if (each.isEmpty()) throw Refused.invalid("The channel needs a key.");
        for (int i = 0; i < each.size(); i++) {
            String suffix = each.size() == 1 ? "" : " " + (i + 1);
            messages.send(
                    new CreateChannel(
                            new ChannelId(ids.next(Ids.Kind.CHANNEL)),
                            channel.terms(null, suffix),
                            new Secret(each.get(i)),
                            Instant.now()),
                    actor);
        }
        return Envelope.done();
    }

    @PutMapping({"/api/channel/", "/api/channel"})
    Envelope change(@RequestBody JsonNode body, Actor actor) {
        actor.signedIn();
        ChannelForm form = new ChannelForm(body);
        ChannelId id = new ChannelId(form.id());
        ChannelSummary before = channel(id, actor);
        String key = form.key();
        if (form.hasTerms())
            messages.send(
                    new ChangeChannel(id, form.terms(before.terms(), ""), key.isBlank() ? null : new Secret(key)),
                    actor);
        else if (!key.isBlank()) messages.send(new ChangeChannel(id, before.terms(), new Secret(key)), actor);
        ChannelStatus status = form.status();
        if (status == ChannelStatus.ENABLED) messages.send(new EnableChannel(id), actor);
        else if (status != null) messages.send(new DisableChannel(id, false, "by hand"), actor);
        return Envelope.of(Shapes.channel(channel(id, actor)));
    }

    private ChannelSummary channel(ChannelId id, Actor actor) {
        return messages.ask(new ChannelById(id), actor).orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
    }

    @DeleteMapping("/api/channel/{id:\\d+}")
    Envelope delete(@PathVariable long id, Actor actor) {
        actor.signedIn();
        messages.send(new DeleteChannel(new ChannelId(id)), actor);
        return Envelope.done();
    }

    @PostMapping("/api/channel/batch")
    Envelope deleteSome(@RequestBody Selection selection, Actor actor) {
        actor.signedIn();
        if (selection.ids() == null || selection.ids().isEmpty()) throw Refused.invalid("Choose at least one channel.");
        return Envelope.of(delete(selection.ids(), actor));
    }

    private int delete(List<Long> chosen, Actor actor) {
        int deleted = 0;
        for (long id : chosen) {
            try {
                messages.send(new DeleteChannel(new ChannelId(id)), actor);
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
        actor.signedIn();
        List<Long> disabled = messages
                .ask(new Channels(null, null, null, false, null, Channels.Order.ID, false, Paging.first(1_000)), actor)
                .items()
                .stream()
                .map(channel -> channel.id().value())
                .toList();
        return Envelope.of(delete(disabled, actor));
    }

    /** Tests a channel; the answer's time is in seconds. */
    @GetMapping("/api/channel/test/{id}")
    Map<String, Object> test(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(defaultValue = "false") boolean stream,
            Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
        ChannelId channel = new ChannelId(id);
        ChannelProbe.Result result = probe.probe(channel, model, stream);
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
