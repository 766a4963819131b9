package io.tollbook.relay.dialect;

import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.metering.UsageReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each event where a provider's stream goes to a client of the same dialect as it is. One for each stream;
 * reads the usage on the way.
 */
public abstract class PassRules {
    /** What becomes of an event. */
    public enum Fate {
        /** Goes to the client at once. */
        PASS,
        /** Waits until the call is paid, unless something follows that does not. */
        KEEP,
        /** Says nothing but that the answer has begun: waits for what follows, as another provider may be asked until then. */
        BEGIN,
        /** The client did not ask for it. */
        DROP,
        /** Waits until the call is paid, and nothing behind it counts. */
        END,
        /** An error of the provider's; neither it nor anything behind it passes. See {@link #failure}. */
        FAIL
    }

    /** A usual event has 300 bytes. 500 streams that all send such a giant at once take 500 × 256 KiB = 125 MiB. */
    public static final int EVENT_BYTES_MAX = 256 * 1024;

    protected final UsageReader usage;
    private @Nullable Failure failure;

    protected PassRules(UsageReader usage) {
        this.usage = usage;
    }

    /** @param event with data */
    public abstract Fate look(EventBytes event);

    /** Takes note of a piece of an event that passes unread, as it is too long to be read as a whole. */
    public void unread(byte[] bytes, int from, int to) {}
    /** The stream has ended, and nothing said so before: whether that may be. */
    public void ended() {}

    /** How long an event may be that is read; a longer one passes unread. */
    public int eventBytesMax() {
        return EVENT_BYTES_MAX;
    }

    /** The end of a stream that has already begun and breaks off; null for the dialect's usual one. */
    public byte @Nullable [] errorEvent(Failure why, String request) {
        return null;
    }

    protected final Fate fail(Failure why) {
        failure = why;
        return Fate.FAIL;
    }

    public final Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    public final UsageReader usage() {
        return usage;
    }
}
