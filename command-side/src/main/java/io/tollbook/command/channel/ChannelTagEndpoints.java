package io.tollbook.command.channel;

import io.tollbook.command.api.Selection;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.CopyChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Channels by tag, copies, and the same done to many: all of it or nothing. */
@RestController
class ChannelTagEndpoints {
    record Tag(@Nullable String tag) {}

    record Tagging(
            @Nullable List<@Nullable Long> ids, @Nullable String tag) {}

    private static final int CHOSEN_MAX = 1_000;
    /** Fields of a tag's edit that go into each channel under the same name. */
    private static final List<String> EDITED =
            List.of("priority", "weight", "model_mapping", "models", "param_override", "header_override");

    private final Messages messages;
    private final Ids ids;

    ChannelTagEndpoints(Messages messages, Ids ids) {
        this.messages = messages;
        this.ids = ids;
    }

    @PostMapping("/api/channel/batch/tag")
    Envelope tag(@RequestBody Tagging form, Actor actor) {
        ChannelEndpoints.administrator(actor);
        String tag = form.tag() == null ? "" : form.tag().strip();
        List<ChannelChange> changes = new ArrayList<>();
        for (long id : new Selection(form.ids()).chosen(CHOSEN_MAX, "channels")) {
            ChannelTerms terms = channel(new ChannelId(id), actor).terms();
            changes.add(new ChannelChange(new ChannelId(id), terms, tagged(terms, tag)));
        }
        messages.send(ChangeChannels.of(changes, Instant.now()), actor);
        return Envelope.of(changes.size());
    }

    private static ChannelTerms tagged(ChannelTerms terms, String tag) {
        ObjectNode form = JsonMapper.shared().createObjectNode();
        return new ChannelForm(form.put("tag", tag)).terms(terms, "");
    }

    private ChannelSummary channel(ChannelId id, Actor actor) {
        return messages.ask(new ChannelById(id), actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no channel " + id.value() + "."));
    }

    @PostMapping("/api/channel/tag/enabled")
    Envelope enable(@RequestBody Tag form, Actor actor) {
        return switchAll(form.tag(), true, actor);
    }

    @PostMapping("/api/channel/tag/disabled")
    Envelope disable(@RequestBody Tag form, Actor actor) {
        return switchAll(form.tag(), false, actor);
    }

    private Envelope switchAll(@Nullable String tag, boolean on, Actor actor) {
        List<ChannelChange> changes = of(tag, actor).stream()
                .map(channel -> new ChannelChange(channel.id(), channel.terms(), channel.terms(), on))
                .toList();
        messages.send(ChangeChannels.of(changes, Instant.now()), actor);
        return Envelope.done();
    }

    /** All channels with a tag; refused if there are none. */
    private List<ChannelSummary> of(@Nullable String tag, Actor actor) {
        ChannelEndpoints.administrator(actor);
        if (tag == null || tag.isBlank()) throw Refused.invalid("The tag is missing.");
        List<ChannelSummary> all = new ArrayList<>();
        Page<ChannelSummary> page;
        do {
            Paging paging = new Paging(all.size(), Paging.LIMIT_MAX);
            page = messages.ask(Channels.byId(ChannelFilter.ALL.withTag(tag.strip()), paging), actor);
            all.addAll(page.items());
        } while (!page.items().isEmpty() && all.size() < page.total());
        if (all.isEmpty()) throw new Refused(Refusal.NOT_FOUND, "No channel has the tag “" + tag.strip() + "”.");
        return all;
    }

    @PutMapping("/api/channel/tag")
    Envelope edit(@RequestBody JsonNode body, Actor actor) {
        List<ChannelSummary> channels = of(body.path("tag").asString(""), actor);
        ObjectNode form = JsonMapper.shared().createObjectNode();
        for (String field : EDITED) copy(body, field, form, field);
        // A blank list would leave channels that serve nobody; New API means by it that nothing is said.
        if (form.path("models").asString("x").isBlank()) form.remove("models");
        copy(body, "new_tag", form, "tag");
        copy(body, "groups", form, "group");
        if (form.path("group").asString("x").isBlank()) form.remove("group");
        ChannelForm wanted = new ChannelForm(form);
        List<ChannelChange> changes = channels.stream()
                .map(channel -> new ChannelChange(channel.id(), channel.terms(), wanted.terms(channel.terms(), "")))
                .toList();
        messages.send(ChangeChannels.of(changes, Instant.now()), actor);
        return Envelope.done();
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String as) {
        JsonNode value = from.path(field);
        if (!value.isMissingNode() && !value.isNull()) to.set(as, value);
    }

    /** The copy has the source's keys, used quota of its own, and no history. */
    @PostMapping("/api/channel/copy/{id}")
    Envelope copy(@PathVariable long id, @RequestParam(defaultValue = " copy") String suffix, Actor actor) {
        ChannelEndpoints.administrator(actor);
        ChannelId copy = new ChannelId(ids.next(Ids.Kind.CHANNEL));
        messages.send(new CopyChannel(new ChannelId(id), copy, suffix, Instant.now()), actor);
        return Envelope.of(Map.of("id", copy.value()));
    }
}
