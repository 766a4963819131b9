package io.tollbook.command.channel;

import io.tollbook.command.task.Tasks;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.TaskType;
import io.tollbook.kernel.user.Role;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts what looks after all channels. Each answers at once; the task says how it goes. */
@RestController
class UpkeepEndpoints {
    private final ChannelTestSchedule tests;
    private final ModelSchedule models;
    private final ChannelBalances balances;
    private final Tasks tasks;

    UpkeepEndpoints(ChannelTestSchedule tests, ModelSchedule models, ChannelBalances balances, Tasks tasks) {
        this.tests = tests;
        this.models = models;
        this.balances = balances;
        this.tasks = tasks;
    }

    @GetMapping({"/api/channel/test", "/api/channel/test/"})
    Envelope testAll(Actor actor) {
        administrator(actor);
        return begun(tests.testAll());
    }

    @GetMapping({"/api/channel/update_balance", "/api/channel/update_balance/"})
    Envelope askAll(Actor actor) {
        administrator(actor);
        return begun(tasks.start(TaskType.CHANNEL_BALANCE, balances::run));
    }

    @PostMapping("/api/channel/upstream_updates/detect_all")
    Envelope compareAll(Actor actor) {
        administrator(actor);
        return begun(models.compareAll());
    }

    private static Envelope begun(SystemTask task) {
        return Envelope.of(Map.of("task_id", task.id(), "status", task.status().word()));
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
