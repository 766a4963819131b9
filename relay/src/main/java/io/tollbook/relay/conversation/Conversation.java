package io.tollbook.relay.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, as it reads in any dialect.
 *
 * @param client whose dialect it came in
 * @param system what stands above the turns, in its order
 * @param toolChoice null if not said
 * @param parallelTools whether several tools may be called at once; null if not said
 * @param format null for plain text
 * @param reasoning null if not said
 * @param user the client's own name for who asks; null if not said
 * @param serviceTier null if not said
 * @param verbosity low, medium or high; null if not said
 * @param promptCacheKey null if not said
 * @param store whether the vendor is to keep the answer; null if not said
 * @param metadata the client's own notes
 */
public record Conversation(
        Vendor client,
        boolean stream,
        List<Part> system,
        List<Turn> turns,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelTools,
        Sampling sampling,
        @Nullable AnswerFormat format,
        @Nullable Reasoning reasoning,
        @Nullable String user,
        @Nullable String serviceTier,
        @Nullable String verbosity,
        @Nullable String promptCacheKey,
        @Nullable Boolean store,
        Map<String, String> metadata) {
    public Conversation {
        system = List.copyOf(system);
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
        metadata = Map.copyOf(metadata);
    }

    /** The same with other parts said, for who has to fetch or rewrite some. */
    public Conversation withTurns(List<Part> otherSystem, List<Turn> otherTurns) {
        return new Conversation(
                client,
                stream,
                otherSystem,
                otherTurns,
                tools,
                toolChoice,
                parallelTools,
                sampling,
                format,
                reasoning,
                user,
                serviceTier,
                verbosity,
                promptCacheKey,
                store,
                metadata);
    }

    /** A conversation while it is read. */
    public static final class Draft {
        public final List<Part> system = new ArrayList<>();
        public final List<Turn> turns = new ArrayList<>();
        public final List<Tool> tools = new ArrayList<>();
        public final Map<String, String> metadata = new LinkedHashMap<>();
        public boolean stream;
        public @Nullable ToolChoice toolChoice;
        public @Nullable Boolean parallelTools;
        public Sampling sampling = Sampling.UNSAID;
        public @Nullable AnswerFormat format;
        public @Nullable Reasoning reasoning;
        public @Nullable String user;
        public @Nullable String serviceTier;
        public @Nullable String verbosity;
        public @Nullable String promptCacheKey;
        public @Nullable Boolean store;

        public Conversation done(Vendor client) {
            return new Conversation(
                    client,
                    stream,
                    system,
                    turns,
                    tools,
                    toolChoice,
                    parallelTools,
                    sampling,
                    format,
                    reasoning,
                    user,
                    serviceTier,
                    verbosity,
                    promptCacheKey,
                    store,
                    metadata);
        }
    }
}
