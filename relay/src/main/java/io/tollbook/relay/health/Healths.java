package io.tollbook.relay.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.RecordChannelOutage;
import io.tollbook.kernel.performance.ChannelState;
import io.tollbook.kernel.performance.ChannelStates;
import io.tollbook.relay.directory.BreakerRules;
import io.tollbook.relay.directory.SiteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The health of every channel that this node has called. A channel that goes out, or comes back, is put on record. */
@Component
public final class Healths implements ChannelStates {
    private static final Logger log = LoggerFactory.getLogger(Healths.class);

    private final Messages messages;
    private final NodeName node;
    private final SiteOptions options;
    private final Map<ChannelId, ChannelHealth> healths = new ConcurrentHashMap<>();
    private volatile @Nullable BreakerRules rules;

    Healths(Messages messages, NodeName node, SiteOptions options, DirectoryChanges changes) {
        this.messages = messages;
        this.node = node;
        this.options = options;
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.ALL) healths.clear();
        });
    }

    public ChannelHealth of(ChannelId channel) {
        BreakerRules now = options.breakerRules();
        if (now != rules) {
            // New rules, new counts; nobody stays out by old ones. Other options change nothing here.
            if (rules != null && !now.equals(rules)) healths.clear();
            rules = now;
        }
        return healths.computeIfAbsent(channel, this::unknown);
    }

    @Override
    public Map<ChannelId, ChannelState> now() {
        long now = System.nanoTime();
        Map<ChannelId, ChannelState> states = new HashMap<>();
        healths.forEach((channel, health) -> states.put(channel, health.seen(now)));
        return states;
    }

    private ChannelHealth unknown(ChannelId channel) {
        BreakerRules rules = options.breakerRules();
        CircuitBreaker breaker = CircuitBreaker.of(
                channel.toString(),
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                rules.windowSeconds(),
                                rules.callsLeast(),
                                CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(rules.failurePercent())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                                Duration.ofSeconds(rules.openSeconds()), 2, Duration.ofMinutes(1)))
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            switch (event.getStateTransition()) {
                case CLOSED_TO_OPEN -> {
                    CircuitBreaker.Metrics seen = breaker.getMetrics();
                    record(
                            channel,
                            true,
                            seen.getNumberOfFailedCalls() + " of the last " + seen.getNumberOfBufferedCalls()
                                    + " calls failed");
                }
                case HALF_OPEN_TO_CLOSED -> record(channel, false, "a call went well");
                default -> log.debug("{}: {}", channel, event.getStateTransition());
            }
        });
        return new ChannelHealth(breaker);
    }

    private void record(ChannelId channel, boolean out, String why) {
        log.info("{} is {}: {}", channel, out ? "passed over" : "used again", why);
        send(new RecordChannelOutage(channel, node.value(), out, why, Instant.now()));
    }

    /** Behind the back of the call that noticed: it has nothing to wait for. */
    void send(Command<?> command) {
        Thread.ofVirtual().name("channel-health").start(() -> {
            try {
                messages.send(command, Actor.RELAY);
            } catch (RuntimeException e) {
                log.warn("not recorded: {}", command, e);
            }
        });
    }
}
