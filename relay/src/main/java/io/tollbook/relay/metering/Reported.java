package io.tollbook.relay.metering;

import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.QuarantinedUsage;

/** What a provider said about the size of a call. */
public sealed interface Reported {
    /**
     * Nothing, or zeros alone.
     *
     * @param tools the tool calls that were seen to run all the same
     */
    record Nothing(Meters tools) implements Reported {}

    /** Something that can be charged as it is. */
    record Counted(Meters meters) implements Reported {}

    /** What went in, while what came out is still to be told: the answer has begun and not ended. */
    record Begun(Meters meters) implements Reported {}

    /** Something that cannot be. */
    record Impossible(QuarantinedUsage usage, Meters tools) implements Reported {}
}
