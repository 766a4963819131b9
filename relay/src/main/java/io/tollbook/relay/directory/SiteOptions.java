package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.access.FetchRules;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.util.Map;
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
            FetchRules fetchRules) {}

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
                FetchRules.of(values));
    }

    /** Who may use which group, and what the group auto tries. */
    public GroupRules groups() {
        return ready.get().groups;
    }

    /** Whether a failed call with this upstream status may try another channel. */
    public boolean retriesAfter(int status) {
        return status != 504 && status != 524 && ready.get().retryStatuses.contain(status);
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
