package io.tollbook.command.channel;

import io.tollbook.command.task.Tasks;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.TaskType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/** Starts rounds of tests: by itself as often as the options say, and when an administrator asks. */
final class ChannelTestSchedule {
    private static final Duration LOOK = Duration.ofSeconds(15);

    /**
     * What the process's environment says, over the options; null where it says nothing.
     *
     * @param minutes between two rounds
     */
    record Fixed(@Nullable Boolean enabled, @Nullable Long minutes) {}

    private final Messages messages;
    private final Tasks tasks;
    private final ChannelTests tests;
    private final Clock clock;
    private final Fixed fixed;

    ChannelTestSchedule(Messages messages, Tasks tasks, ChannelTests tests, Clock clock, Fixed fixed) {
        this.messages = messages;
        this.tasks = tasks;
        this.tests = tests;
        this.clock = clock;
        this.fixed = fixed;
    }

    void start(TaskScheduler scheduler) {
        scheduler.scheduleWithFixedDelay(this::look, clock.instant().plus(LOOK), LOOK);
    }

    /** Starts a round if one is due. The table of tasks knows when the last one ended, on whatever node. */
    void look() {
        Map<String, String> options = messages.ask(new Options(), Actor.SYSTEM);
        boolean enabled = fixed.enabled() == null ? Option.TESTS_AUTOMATICALLY.isOn(options) : fixed.enabled();
        if (!enabled) return;
        long minutes = fixed.minutes() == null ? Option.TEST_MINUTES.number(options) : fixed.minutes();
        boolean recoveryOnly = Option.TEST_MODE.text(options).equals("passive_recovery");
        tasks.startUnlessSince(
                TaskType.CHANNEL_TEST,
                clock.instant().minus(Duration.ofMinutes(minutes)),
                progress -> tests.run(recoveryOnly, progress));
    }

    /** @throws io.tollbook.kernel.Refused TASK_RUNNING */
    SystemTask testAll() {
        return tasks.start(TaskType.CHANNEL_TEST, progress -> tests.run(false, progress));
    }
}
