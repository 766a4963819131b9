package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.channel.RecordChannelBalance;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks providers what is left of channels' accounts. */
final class ChannelBalances {
    private static final Logger log = LoggerFactory.getLogger(ChannelBalances.class);

    private final Messages messages;
    private final ProviderAccounts accounts;
    private final Clock clock;
    private final Gap gap;

    ChannelBalances(Messages messages, ProviderAccounts accounts, Clock clock, Gap gap) {
        this.messages = messages;
        this.accounts = accounts;
        this.clock = clock;
        this.gap = gap;
    }

    /** @throws Refused INVALID, saying what was wrong */
    ChannelBalance ask(ChannelId channel, Actor actor) {
        ChannelBalance balance = accounts.balance(channel);
        messages.send(new RecordChannelBalance(channel, balance, clock.instant()), actor);
        return balance;
    }

    /** Asks for every channel that is on; one whose account is used up is switched off, where that is done automatically. */
    Map<String, Long> run(Consumer<Map<String, Long>> progress) throws InterruptedException {
        boolean disables = Option.DISABLES_AUTOMATICALLY.isOn(messages.ask(new Options(), Actor.SYSTEM));
        List<Route> routes = messages.ask(new Routes(), Actor.SYSTEM).stream()
                .filter(route -> route.status() == ChannelStatus.ENABLED)
                .toList();
        long processed = 0;
        long told = 0;
        long disabled = 0;
        for (Route route : routes) {
            if (processed > 0) gap.pass();
            try {
                ChannelBalance balance = ask(route.channel(), Actor.SYSTEM);
                told++;
                if (disables && route.terms().autoBan() && balance.isUsedUp()) {
                    messages.send(
                            new DisableChannel(route.channel(), true, "The account at the provider is used up."),
                            Actor.SYSTEM);
                    disabled++;
                }
            } catch (Refused refused) {
                // Most providers tell no balance; who asks for one channel reads why.
                log.debug("{}: {}", route.channel(), refused.getMessage());
            }
            processed++;
            progress.accept(numbers(routes.size(), processed, told, disabled));
        }
        return numbers(routes.size(), processed, told, disabled);
    }

    private static Map<String, Long> numbers(long total, long processed, long told, long disabled) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("total", total);
        numbers.put("processed", processed);
        numbers.put("progress", total == 0 ? 100 : processed * 100 / total);
        numbers.put("told", told);
        numbers.put("disabled", disabled);
        return numbers;
    }
}
