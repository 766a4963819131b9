package io.tollbook.query.replay;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.replay.ReplayDifferences;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.replay.ReplayRuns;
import io.tollbook.kernel.replay.Replays;
import io.tollbook.kernel.user.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Replays for scripts: root and auditors start them and read what they found. */
@RestController
class ReplayEndpoints {
    private static final String JSON_LINES = "application/x-ndjson";

    /** Up to a position, or the last one before a moment in Unix seconds; neither for the present. */
    record Form(
            @Nullable List<String> read_models,
            @Nullable Long position,
            @Nullable Long timestamp) {}

    private final Messages messages;
    private final Replays replays;

    ReplayEndpoints(Messages messages, Replays replays) {
        this.messages = messages;
        this.replays = replays;
    }

    @GetMapping({"/api/replay/", "/api/replay"})
    Envelope list(
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        actor.signedIn();
        Paging paging = PageOf.paging(p, pageSize);
        return Envelope.of(PageOf.of(paging, messages.ask(new ReplayRuns(paging), actor), ReplayEndpoints::shape));
    }

    private static Map<String, @Nullable Object> shape(ReplayRun run) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", run.run());
        shape.put("user_id", run.by().value());
        shape.put("up_to", run.upTo());
        shape.put("started_at", run.startedAt().getEpochSecond());
        shape.put("ended_at", run.at().getEpochSecond());
        shape.put("differences", run.differences());
        shape.put("results", run.results());
        return shape;
    }

    @GetMapping("/api/replay/latest")
    Envelope latest(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
        return Envelope.of(replays.latest().map(ReplayEndpoints::shape).orElse(null));
    }

    private static Map<String, Object> shape(Progress progress) {
        return Map.of(
                "read_model", progress.readModel(),
                "state", progress.state().name().toLowerCase(java.util.Locale.ROOT),
                "done", progress.done(),
                "all", progress.all(),
                "per_second", progress.perSecond(),
                "error", progress.error());
    }

    /** One difference a line. */
    @GetMapping("/api/replay/{run}/differences")
    void differences(@PathVariable String run, Actor actor, HttpServletResponse response) throws IOException {
        actor.signedIn();
        // A refusal must be said before the answer has become a file.
        messages.ask(new ReplayDifferences(run, Paging.first(1)), actor);
        response.setContentType(JSON_LINES);
        replays.writeDifferences(run, actor, response.getOutputStream());
    }

    @PostMapping({"/api/replay/", "/api/replay"})
    Envelope start(@RequestBody Form form, Actor actor) {
        actor.signedIn();
        if (form.position() != null && form.timestamp() != null)
            throw Refused.invalid("Give a position or a timestamp, not both.");
        Long upTo = form.timestamp() == null
                ? form.position()
                : Long.valueOf(replays.positionBefore(Instant.ofEpochSecond(form.timestamp())));
        List<String> chosen = form.read_models() == null ? replays.readModels() : form.read_models();
        return Envelope.of(replays.start(chosen, upTo, actor));
    }

    @PostMapping("/api/replay/cancel")
    Envelope cancel(Actor actor) {
        replays.cancel(actor);
        return Envelope.done();
    }
}
