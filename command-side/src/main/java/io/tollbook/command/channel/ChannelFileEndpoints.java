package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelDifference;
import io.tollbook.kernel.channel.ChannelFiles;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelPlan;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.user.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** All channels as one YAML file, and such a file held against them. */
@RestController
class ChannelFileEndpoints {
    record Import(@Nullable String yaml, @Nullable Boolean apply) {}

    private final Messages messages;
    private final Ids ids;
    private final ChannelFiles files;

    ChannelFileEndpoints(Messages messages, Ids ids, ChannelFiles files) {
        this.messages = messages;
        this.ids = ids;
        this.files = files;
    }

    @GetMapping("/api/channel/export")
    void export(Actor actor, HttpServletResponse response) throws IOException {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
        byte[] yaml = files.write(all(actor)).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/yaml;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"channels.yaml\"");
        response.getOutputStream().write(yaml);
    }

    private List<ChannelSummary> all(Actor actor) {
        List<ChannelSummary> all = new ArrayList<>();
        Page<ChannelSummary> page;
        do {
            page = messages.ask(Channels.byId(ChannelFilter.ALL, new Paging(all.size(), Paging.LIMIT_MAX)), actor);
            all.addAll(page.items());
        } while (!page.items().isEmpty() && all.size() < page.total());
        return all;
    }

    /** Says what a file would change; does it, all or nothing, where {@code apply} is true. */
    @PostMapping("/api/channel/import")
    Envelope load(@RequestBody Import form, Actor actor) {
        ChannelEndpoints.administrator(actor);
        if (form.yaml() == null) throw Refused.invalid("The file is missing: send it as \"yaml\".");
        ChannelPlan plan = files.read(form.yaml(), all(actor));
        boolean apply = Boolean.TRUE.equals(form.apply()) && !plan.isEmpty();
        if (apply) messages.send(plan.command(ids, Instant.now()), actor);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("applied", apply);
        data.put(
                "created",
                plan.created().stream().map(one -> one.terms().name()).toList());
        data.put(
                "changed",
                plan.changed().stream().map(ChannelFileEndpoints::shape).toList());
        data.put(
                "unchanged",
                plan.unchanged().stream().map(one -> one.id().value()).toList());
        data.put("missing", plan.missing().stream().map(one -> one.id().value()).toList());
        return Envelope.of(data);
    }

    private static Map<String, Object> shape(ChannelChange change) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", change.channel().value());
        shape.put("name", change.before().name());
        shape.put("fields", ChannelDifference.between(change.before(), change.after()));
        if (change.enabled() != null) shape.put("enabled", change.enabled());
        return shape;
    }
}
