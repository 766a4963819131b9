package io.tollbook.bench.clients;

import io.tollbook.bench.upstream.gemini.GeminiUpstream;
import io.tollbook.bench.vendor.ClaudeDouble;
import io.tollbook.bench.vendor.OpenAiDouble;
import io.tollbook.bench.vendor.ResponsesDouble;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** One provider of each dialect, all of them as strict as the real ones, and all with the same model behind them. */
final class Providers implements AutoCloseable {
    static final String KEY = "a-provider-key";

    private final OpenAiDouble chat = new OpenAiDouble();
    private final ResponsesDouble responses = new ResponsesDouble();
    private final ClaudeDouble claude = new ClaudeDouble();
    private final GeminiUpstream gemini = GeminiUpstream.start(KEY);

    Providers(Agent agent) throws IOException {
        chat.answers(asked -> agent.answer(Heard.chat(asked)));
        responses.answers(asked -> agent.answer(Heard.responses(asked)));
        claude.answers(asked -> agent.answer(Heard.claude(asked)));
        gemini.answers(asked -> agent.answer(Heard.gemini(asked)));
    }

    URI base(Upstream upstream) {
        return switch (upstream) {
            case CHAT -> chat.base();
            case RESPONSES -> responses.base();
            case CLAUDE -> claude.base();
            case GEMINI -> gemini.base();
        };
    }

    /** How often it was asked, refused requests included. */
    int count(Upstream upstream) {
        return switch (upstream) {
            case CHAT -> chat.count();
            case RESPONSES -> responses.count();
            case CLAUDE -> claude.count();
            case GEMINI -> gemini.asked().size();
        };
    }

    List<String> refused(Upstream upstream) {
        return switch (upstream) {
            case CHAT -> chat.refused();
            case RESPONSES -> responses.refused();
            case CLAUDE -> claude.refused();
            case GEMINI -> gemini.refused();
        };
    }

    @Override
    public void close() {
        chat.close();
        responses.close();
        claude.close();
        gemini.close();
    }
}
