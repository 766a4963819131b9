package io.tollbook.relay.conversation;

/** Why an answer ended. */
public enum StopReason {
    /** The model had said all. */
    FINISHED,
    /** A stop sequence of the client's. */
    STOP_SEQUENCE,
    /** As many tokens as the client, or the model's window, allows. */
    LENGTH,
    /** The client is to run tools. */
    TOOL_CALLS,
    /** The model or the provider would not say more. */
    REFUSED,
    /** A tool of the provider's goes on in the next request. */
    PAUSED
}
