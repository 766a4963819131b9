package io.tollbook.command.channel;

import io.tollbook.command.task.Tasks;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.secret.Vault;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;

/** What looks after channels by itself. */
@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {
    @Bean
    Gap gap(@Value("${POLLING_INTERVAL:0}") long seconds) {
        return new Gap(Duration.ofSeconds(seconds));
    }

    @Bean
    ChannelTests channelTests(Messages messages, ChannelProbe probe, Vault vault, Gap gap) {
        return new ChannelTests(messages, probe, vault, Clock.systemUTC(), gap);
    }

    @Bean
    ChannelTestSchedule channelTestSchedule(
            Messages messages,
            Tasks tasks,
            ChannelTests tests,
            @Value("${CHANNEL_TEST_ENABLED:#{null}}") @Nullable Boolean enabled,
            @Value("${CHANNEL_TEST_FREQUENCY:#{null}}") @Nullable Long minutes) {
        // A frequency alone switches the tests on, as it does in New API.
        Boolean wanted = enabled == null && minutes != null ? Boolean.TRUE : enabled;
        return new ChannelTestSchedule(
                messages, tasks, tests, Clock.systemUTC(), new ChannelTestSchedule.Fixed(wanted, minutes));
    }

    @Bean
    ChannelBalances channelBalances(Messages messages, ProviderAccounts accounts, Gap gap) {
        return new ChannelBalances(messages, accounts, Clock.systemUTC(), gap);
    }

    @Bean
    ModelUpdates modelUpdates(Messages messages, ProviderAccounts accounts, Gap gap) {
        return new ModelUpdates(messages, accounts, Clock.systemUTC(), gap);
    }

    @Bean
    ModelSchedule modelSchedule(Tasks tasks, ModelUpdates updates) {
        return new ModelSchedule(tasks, updates, Clock.systemUTC());
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> upkeepStart(
            ChannelTestSchedule tests, ModelSchedule models, TaskScheduler scheduler) {
        return ready -> {
            tests.start(scheduler);
            models.start(scheduler);
        };
    }
}
