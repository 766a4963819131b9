package io.tollbook.relay;

import io.tollbook.kernel.channel.ChannelType;
import java.io.IOException;
import java.util.List;

/** What the provider behind a client speaks. */
enum Spoken {
    CHAT(ChannelType.CUSTOM, "gpt-oss-120b", "/v1/chat/completions") {
        @Override
        Provider.Script provider() {
            return new StrictChat();
        }

        @Override
        void breakOff(Provider.Asked asked) throws IOException {
            asked.stream(
                    "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"It was\"},\"finish_reason\":null}]}\n\n",
                    "data: {\"error\":{\"message\":\"broke\",\"type\":\"server_error\"}}\n\n");
        }
    },
    RESPONSES(ChannelType.OPENAI, "o3-pro", "/v1/responses") {
        @Override
        Provider.Script provider() {
            return new StrictResponses();
        }

        @Override
        void breakOff(Provider.Asked asked) throws IOException {
            List<String> events = Recorded.events("responses/failed.sse");
            asked.stream(events.toArray(String[]::new));
        }
    };

    private final ChannelType type;
    private final String model;
    private final String path;

    Spoken(ChannelType type, String model, String path) {
        this.type = type;
        this.model = model;
        this.path = path;
    }

    abstract Provider.Script provider();

    /** Answers a stream that ends in an error after some text. */
    abstract void breakOff(Provider.Asked asked) throws IOException;

    /** Whether its thinking is sealed. */
    boolean seals() {
        return this == RESPONSES;
    }

    void serve(RelaySite site) {
        site.directory.channel(1, type, site.first.baseUrl(), 10, model);
        site.directory.channel(2, type, site.second.baseUrl(), 5, model);
        site.directory.changed();
        Provider.Script script = provider();
        site.first.answers(asked -> {
            if (!asked.head().startsWith("POST " + path + " ")) throw new AssertionError(asked.head());
            script.answer(asked);
        });
    }
}
