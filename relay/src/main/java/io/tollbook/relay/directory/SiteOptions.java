package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.access.FetchRules;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.limit.CallLimitRules;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The site's options in memory, those a call needs made ready. */
@Component
public final class SiteOptions {
    private record Ready(
            Map<String, String> values,
            GroupRules groups,
            StatusRanges retryStatuses,
            int retries,
            long firstByteNanos,
            long silenceMillis,
            long callNanos,
            long keepAliveNanos,
            FetchRules fetchRules,
            BreakerRules breakerRules,
            StatusRanges disablingStatuses,
            List<String> disablingWords,
            CallLimitRules callLimits) {}

    private final Remembered<Ready> ready;

    SiteOptions(Messages messages, DirectoryChanges changes) {
        ready = new Remembered<>(() -> ready(messages.ask(new Options(), Actor.RELAY)));
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.OPTION || change.kind() == DirectoryChange.Kind.ALL)
                ready.forget();
        });
    }

    private Ready ready(Map<String, String> values) {
        return new Ready(
                values,
                GroupRules.of(values),
                StatusRanges.of(Option.RETRY_STATUS_CODES.text(values)),
                (int) Option.RETRY_TIMES.number(values),
                Option.FIRST_BYTE_SECONDS.number(values) * 1_000_000_000L,
                Option.STREAM_SILENCE_SECONDS.number(values) * 1_000L,
                Option.CALL_SECONDS.number(values) * 1_000_000_000L,
                Option.PING.isOn(values) ? Option.PING_SECONDS.number(values) * 1_000_000_000L : 0,
                FetchRules.of(values),
                new BreakerRules(
                        (int) Option.BREAKER_FAILURE_PERCENT.number(values),
                        (int) Option.BREAKER_CALLS_LEAST.number(values),
                        (int) Option.BREAKER_WINDOW_SECONDS.number(values),
                        (int) Option.BREAKER_OPEN_SECONDS.number(values)),
                StatusRanges.of(Option.DISABLING_STATUS_CODES.text(values)),
                Option.DISABLING_WORDS
                        .text(values)
                        .lines()
                        .map(word -> word.strip().toLowerCase(Locale.ROOT))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                CallLimitRules.of(values));
    }

    /** Who may use which group, and what the group auto tries. */
    public GroupRules groups() {
        return ready.get().groups;
    }

    /** Whether a failed call with this upstream status may try another channel. */
    public boolean retriesAfter(int status) {
        return status != 504 && status != 524 && ready.get().retryStatuses.contain(status);
    }

    /** All as they are stored, for those who make rules of them. */
    public Map<String, String> values() {
        return ready.get().values;
    }

    /** Whether the fastest channel of a tier is taken, rather than one by weight. */
    public boolean prefersFast() {
        return Option.ROUTING_WITHIN_TIER.text(ready.get().values).equals("latency");
    }

    /** When a channel is passed over. */
    public BreakerRules breakerRules() {
        return ready.get().breakerRules;
    }

    /** How many of a channel's calls may be ones that failed elsewhere, in percent. */
    public int retryBudgetPercent() {
        return (int) Option.RETRY_BUDGET_PERCENT.number(ready.get().values);
    }

    /** Whether keys are switched off for what their provider says. */
    public boolean disablesAutomatically() {
        return Option.DISABLES_AUTOMATICALLY.isOn(ready.get().values);
    }

    public boolean disablesAfter(int status) {
        return status >= 100 && status <= 599 && ready.get().disablingStatuses.contain(status);
    }

    /** Parts of messages, in small letters, after which a key is switched off. */
    public List<String> disablingWords() {
        return ready.get().disablingWords;
    }

    /**
     * What limits the calls of its customer now; null for nothing.
     *
     * @param group the key's, or else its user's
     */
    public @Nullable CallLimits callLimits(String group, String model) {
        CallLimitRules rules = ready.get().callLimits;
        return rules.isOff() ? null : rules.of(group, model, Instant.now());
    }

    public int retries() {
        return ready.get().retries;
    }

    public long firstByteNanos() {
        return ready.get().firstByteNanos;
    }

    public long silenceMillis() {
        return ready.get().silenceMillis;
    }

    public long callNanos() {
        return ready.get().callNanos;
    }

    /** After so long a client that waits for its stream hears something; 0 for never. */
    public long keepAliveNanos() {
        return ready.get().keepAliveNanos;
    }

    public long drainNanos() {
        return Option.DRAIN_SECONDS.number(ready.get().values) * 1_000_000_000L;
    }

    public long drainBytes() {
        return Option.DRAIN_BYTES.number(ready.get().values);
    }

    public ImpossibleUsage impossibleUsage() {
        return ImpossibleUsage.of(Option.IMPOSSIBLE_USAGE.text(ready.get().values));
    }

    /** Which addresses of clients are fetched. */
    public FetchRules fetchRules() {
        return ready.get().fetchRules;
    }

    /** Where clients reach the site; empty if nobody has said so. */
    public String serverAddress() {
        return Option.SERVER_ADDRESS.text(ready.get().values);
    }

    public boolean unpricedModelsAreFree() {
        return Option.FREE_MODELS.isOn(ready.get().values);
    }
}
