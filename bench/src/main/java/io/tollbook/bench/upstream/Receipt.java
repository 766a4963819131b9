package io.tollbook.bench.upstream;

/**
 * What the provider knows about one request.
 *
 * @param id the provider's own id, sent as the body's {@code id} and as {@code x-request-id}
 * @param begunAt epoch milliseconds
 * @param endedAt epoch milliseconds; 0 while it is open
 */
public record Receipt(
        String id, String model, boolean stream, Usage usage, long begunAt, long endedAt, Outcome outcome) {
    public enum Outcome {
        /** Still being answered. */
        BEGUN,
        /** The last byte of a good answer was handed to the network. */
        COMPLETED,
        /** The other side went away before that. */
        ABANDONED,
        /** Answered with an error, garbage, a cut, or not at all, because it was asked to. */
        FAULTY
    }

    public boolean isComplete() {
        return outcome == Outcome.COMPLETED;
    }

    Receipt ended(Outcome outcome, long at) {
        return new Receipt(id, model, stream, usage, begunAt, at, outcome);
    }

    String toJson() {
        return "{\"id\":\"" + id + "\",\"model\":\"" + model.replaceAll("[^ -~]|[\"\\\\]", "?") + "\",\"stream\":"
                + stream
                + ",\"prompt_tokens\":" + usage.prompt() + ",\"cached_tokens\":" + usage.cached()
                + ",\"completion_tokens\":" + usage.completion() + ",\"reasoning_tokens\":" + usage.reasoning()
                + ",\"begun_at\":" + begunAt + ",\"ended_at\":" + endedAt + ",\"outcome\":\"" + outcome + "\"}";
    }
}
