package io.tollbook.command.statistics;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.MarginLine;
import io.tollbook.kernel.statistics.MarginOver;
import io.tollbook.kernel.statistics.RaiseMarginAlarm;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks every few minutes whether a channel sells a model for less than it costs, and raises an alarm where it does. */
public final class MarginWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MarginWatch.class);
    private static final Duration LOOKED_AT = Duration.ofHours(1);
    private static final long MINUTES = 5;

    private final Messages messages;
    private final Clock clock;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("margin-watch").daemon().factory());
    private volatile boolean running;

    public MarginWatch(Messages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public void start() {
        schedule.scheduleWithFixedDelay(this::safely, MINUTES, MINUTES, TimeUnit.MINUTES);
        running = true;
    }

    private void safely() {
        try {
            look();
        } catch (RuntimeException e) {
            // The database may be away, or another node told it first; the next round looks again.
            log.debug("looking at margins failed", e);
        }
    }

    /** Over the last hour. */
    public void look() {
        Instant now = clock.instant();
        long threshold = Option.MARGIN_ALARM_PERCENT.number(messages.ask(new Options(), Actor.SYSTEM));
        LogFilter hour = LogFilter.of(null).between(now.minus(LOOKED_AT), now);
        long offset = 0;
        Page<MarginLine> page;
        do {
            page = messages.ask(
                    new MarginOver(
                            hour,
                            Set.of(Dimension.CHANNEL, Dimension.MODEL),
                            MarginOver.Order.NAME,
                            false,
                            new Paging(offset, Paging.LIMIT_MAX)),
                    Actor.SYSTEM);
            for (MarginLine line : page.items()) raise(line, threshold, now);
            offset += page.items().size();
        } while (!page.items().isEmpty() && offset < page.total());
    }

    private void raise(MarginLine line, long threshold, Instant now) {
        if (line.part().channel() == 0 || !line.margin().isBelow(BigDecimal.valueOf(threshold))) return;
        messages.send(
                new RaiseMarginAlarm(
                        new ChannelId(line.part().channel()), line.part().model(), line.margin(), threshold, now),
                Actor.SYSTEM);
    }

    @Override
    public void stop() {
        schedule.shutdownNow();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
