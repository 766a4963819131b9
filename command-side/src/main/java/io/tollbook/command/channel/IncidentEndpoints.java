package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.channel.ChannelIncident;
import io.tollbook.kernel.channel.ChannelIncidents;
import io.tollbook.kernel.channel.IncidentMarks;
import io.tollbook.kernel.user.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What has happened to channels by itself, and what of it an administrator has read. */
@RestController
class IncidentEndpoints {
    record Read(@Nullable Long position) {}

    private final Messages messages;
    private final IncidentMarks marks;

    IncidentEndpoints(Messages messages, IncidentMarks marks) {
        this.messages = messages;
        this.marks = marks;
    }

    @GetMapping("/api/channel/incidents")
    Envelope latest(@RequestParam(defaultValue = "50") int limit, Actor actor) {
        check(actor);
        List<ChannelIncident> latest = messages.ask(new ChannelIncidents(limit), actor);
        long read = marks.read(actor.signedIn());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("items", latest.stream().map(one -> shape(one, read)).toList());
        data.put("unread", latest.stream().filter(one -> one.position() > read).count());
        return Envelope.of(data);
    }

    @PostMapping("/api/channel/incidents/read")
    Envelope read(@RequestBody Read read, Actor actor) {
        check(actor);
        if (read.position() == null || read.position() < 0)
            throw Refused.invalid("position must be that of the newest incident that was read.");
        marks.mark(actor.signedIn(), read.position());
        return Envelope.done();
    }

    private static void check(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    private static Map<String, @Nullable Object> shape(ChannelIncident incident, long read) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("position", incident.position());
        shape.put("channel_id", incident.channel().value());
        shape.put("channel_name", incident.name());
        shape.put("kind", incident.kind().name().toLowerCase(Locale.ROOT));
        shape.put("key", incident.key());
        shape.put("reason", incident.why());
        shape.put("created_at", incident.at().getEpochSecond());
        shape.put("unread", incident.position() > read);
        return shape;
    }
}
