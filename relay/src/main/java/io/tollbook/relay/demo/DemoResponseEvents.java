package io.tollbook.relay.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The many events of a streamed response: each part begins, grows, ends, and is shown once more as a whole. */
final class DemoResponseEvents {
    private final DemoAnswer answer;
    private final ObjectNode response;
    private int sequence;

    DemoResponseEvents(DemoAnswer answer, ObjectNode response) {
        this.answer = answer;
        this.response = response;
    }

    void send(DemoReply reply, List<ObjectNode> items, ObjectNode usage) throws IOException {
        whole("response.created");
        whole("response.in_progress");
        for (int i = 0; i < items.size(); i++) {
            if (reply.breaks()) {
                part(i, items.get(i), DemoAnswer.untilItBreaks(reply), reply);
                breaks();
                return;
            }
            part(i, items.get(i), reply.words(), reply);
        }
        DemoResponses.finished(response, reply, items, usage);
        whole("response." + response.path("status").asString().toLowerCase(Locale.ROOT));
    }

    private void breaks() throws IOException {
        response.put("status", "failed")
                .putObject("error")
                .put("code", "server_error")
                .put("message", "The demo provider was asked to break.");
        whole("response.failed");
    }

    private void whole(String type) throws IOException {
        ObjectNode event = event(type);
        event.set("response", response.deepCopy());
        answer.named(event);
    }

    private ObjectNode event(String type) {
        return DemoDialect.object().put("type", type).put("sequence_number", sequence++);
    }

    private ObjectNode event(String type, int index, ObjectNode item) {
        return event(type).put("item_id", item.path("id").asString()).put("output_index", index);
    }

    private void part(int index, ObjectNode item, List<String> words, DemoReply reply) throws IOException {
        ObjectNode begun = item.deepCopy().put("status", "in_progress");
        switch (item.path("type").asString()) {
            case "reasoning" -> {
                begun.remove("status");
                begun.putArray("summary");
                added(index, begun);
                reasoning(index, item, reply);
            }
            case "message" -> {
                begun.putArray("content");
                added(index, begun);
                text(index, item, words);
                if (reply.breaks()) return;
            }
            case "function_call" -> {
                added(index, begun.put("arguments", ""));
                arguments(index, item);
            }
            default -> {
                begun.putNull("result");
                added(index, begun);
                answer.named(event("response.image_generation_call.completed", index, item));
            }
        }
        ObjectNode done = event("response.output_item.done").put("output_index", index);
        done.set("item", item);
        answer.named(done);
    }

    private void added(int index, ObjectNode item) throws IOException {
        ObjectNode added = event("response.output_item.added").put("output_index", index);
        added.set("item", item);
        answer.named(added);
    }

    private void reasoning(int index, ObjectNode item, DemoReply reply) throws IOException {
        ObjectNode empty = DemoDialect.object().put("type", "summary_text").put("text", "");
        ObjectNode begun =
                event("response.reasoning_summary_part.added", index, item).put("summary_index", 0);
        begun.set("part", empty);
        answer.named(begun);
        answer.paced(
                reply.thinking(),
                word -> answer.named(event("response.reasoning_summary_text.delta", index, item)
                        .put("summary_index", 0)
                        .put("delta", word)));
        answer.named(event("response.reasoning_summary_text.done", index, item)
                .put("summary_index", 0)
                .put("text", reply.thoughts()));
        ObjectNode done =
                event("response.reasoning_summary_part.done", index, item).put("summary_index", 0);
        done.set("part", empty.deepCopy().put("text", reply.thoughts()));
        answer.named(done);
    }

    private void text(int index, ObjectNode item, List<String> words) throws IOException {
        ObjectNode begun = event("response.content_part.added", index, item).put("content_index", 0);
        begun.set("part", DemoResponses.outputText(""));
        answer.named(begun);
        answer.paced(words, word -> {
            ObjectNode delta = event("response.output_text.delta", index, item)
                    .put("content_index", 0)
                    .put("delta", word);
            delta.putArray("logprobs");
            answer.named(delta);
        });
        String whole = item.path("content").path(0).path("text").asString("");
        if (!String.join("", words).equals(whole)) return; // It breaks here.
        ObjectNode done = event("response.output_text.done", index, item)
                .put("content_index", 0)
                .put("text", whole);
        done.putArray("logprobs");
        answer.named(done);
        ObjectNode end = event("response.content_part.done", index, item).put("content_index", 0);
        end.set("part", item.path("content").path(0));
        answer.named(end);
    }

    private void arguments(int index, ObjectNode item) throws IOException {
        String whole = item.path("arguments").asString("");
        answer.paced(
                DemoReply.fragments(whole),
                more -> answer.named(event("response.function_call_arguments.delta", index, item)
                        .put("delta", more)));
        answer.named(event("response.function_call_arguments.done", index, item)
                .put("arguments", whole)
                .put("name", item.path("name").asString("")));
    }
}
