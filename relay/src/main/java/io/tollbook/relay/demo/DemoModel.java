package io.tollbook.relay.demo;

import io.tollbook.relay.demo.DemoPrompt.Choice;
import io.tollbook.relay.demo.DemoReply.Call;
import io.tollbook.relay.demo.DemoReply.Finish;
import io.tollbook.relay.demo.DemoReply.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the provider answers. There is no model behind it: it says back what it was asked, calls the tools it is told to call,
 * describes what it was shown, and fails on demand. What it counts is what it did.
 */
final class DemoModel {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int QUOTED_WORDS_MAX = 40;
    private static final int MEDIA_TOKENS = 85;
    private static final int TURN_TOKENS = 3;
    private static final int TOOL_TOKENS = 8;
    private static final int BYTES_PER_TOKEN = 4;

    private static final Pattern FAILING = Pattern.compile("\\berror ([45]\\d\\d)\\b");
    private static final String BREAKING = "error midway";
    private static final Pattern USE_TOOLS =
            Pattern.compile("\\b(?:use|call) (?:a|an|the|any|both|two|three|your|some)?\\s*(?:\\w+ )?tools?\\b");
    private static final Pattern TWO = Pattern.compile("\\b(?:two|both|twice)\\b");
    private static final Pattern THREE = Pattern.compile("\\bthree\\b");

    private final DemoPromptCache cache = new DemoPromptCache();
    private final AtomicLong calls = new AtomicLong();

    /** @throws DemoFault if the user asked for one */
    DemoReply answer(DemoPrompt prompt) {
        String asked = prompt.asked();
        Matcher failing = FAILING.matcher(asked.toLowerCase(Locale.ROOT));
        if (failing.find())
            throw new DemoFault(Integer.parseInt(failing.group(1)), "The demo provider was asked for this error.");
        long cached = cache.take(prompt);
        List<Call> called = prompt.results().isEmpty() ? calls(prompt, asked) : List.of();
        byte[] picture = called.isEmpty() && prompt.model().contains("image") ? DemoPicture.drawn(asked) : null;
        List<String> thinking = prompt.model().contains("thinking")
                ? words("The user wants to see that thinking is passed on and paid for.")
                : List.of();
        return limited(prompt, thinking, called.isEmpty() ? text(prompt, asked, picture) : "", called, picture, cached);
    }

    private static DemoReply limited(
            DemoPrompt prompt,
            List<String> thinking,
            String text,
            List<Call> calls,
            byte @Nullable [] picture,
            long cached) {
        String stop = null;
        for (String one : prompt.stops())
            if (!one.isEmpty() && text.contains(one)) {
                text = text.substring(0, text.indexOf(one));
                stop = one;
            }
        List<String> thoughts = thinking;
        List<String> words = words(text);
        Finish finish = calls.isEmpty() ? Finish.STOP : Finish.CALLS;
        long left = prompt.tokensMax() == 0 ? Long.MAX_VALUE : prompt.tokensMax();
        if (calls.isEmpty() && thoughts.size() + words.size() > left) {
            thoughts = thoughts.subList(0, (int) Math.min(thoughts.size(), left));
            words = words.subList(0, (int) Math.min(words.size(), left - thoughts.size()));
            finish = Finish.LENGTH;
            stop = null;
        }
        long answer = thoughts.size() + words.size();
        for (Call call : calls) answer += TOOL_TOKENS + jsonTokens(call.arguments());
        if (picture != null) answer += MEDIA_TOKENS;
        Usage usage = new Usage(tokens(prompt), cached, thoughts.size(), answer);
        return new DemoReply(
                thoughts,
                words,
                calls,
                picture,
                finish,
                stop,
                usage,
                prompt.asked().contains(BREAKING));
    }

    private static String text(DemoPrompt prompt, String asked, byte @Nullable [] picture) {
        if (prompt.schema() != null) return JSON.writeValueAsString(new DemoSchema(prompt.schema(), asked).value());
        List<DemoPrompt.Turn> results = prompt.results();
        if (!results.isEmpty()) {
            StringBuilder text = new StringBuilder("Thank you. ");
            for (DemoPrompt.Turn result : results)
                text.append("The tool ")
                        .append(result.name())
                        .append(" answered: “")
                        .append(quoted(result.text()))
                        .append("”. ");
            return text.toString().strip();
        }
        if (picture != null)
            return "Here is a picture for you, a PNG of " + DemoPicture.SIDE + "×" + DemoPicture.SIDE + " pixels.";
        String said = "Hello from the demo provider! You said: “" + quoted(asked) + "”.";
        if (!prompt.shown().isEmpty()) said += " You showed me " + String.join(" and ", prompt.shown()) + ".";
        return said + " This answer was held for, counted and settled like any other.";
    }

    private List<Call> calls(DemoPrompt prompt, String asked) {
        if (prompt.tools().isEmpty() || prompt.choice() == Choice.NONE) return List.of();
        String text = asked.toLowerCase(Locale.ROOT);
        List<DemoPrompt.Tool> named = new ArrayList<>(prompt.tools().stream()
                .filter(tool -> prompt.chosen().isEmpty()
                        ? names(asked, tool.name())
                        : tool.name().equals(prompt.chosen()))
                .toList());
        boolean wanted =
                prompt.choice() == Choice.FORCED || USE_TOOLS.matcher(text).find();
        if (named.isEmpty() && !wanted) return List.of();
        int count = Math.max(1, named.size());
        if (named.isEmpty()) named.addAll(prompt.tools());
        if (TWO.matcher(text).find()) count = Math.max(count, 2);
        if (THREE.matcher(text).find()) count = Math.max(count, 3);
        if (prompt.oneCallOnly()) count = 1;
        List<Call> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DemoPrompt.Tool tool = named.get(i % named.size());
            made.add(new Call(
                    "call_demo" + calls.incrementAndGet(),
                    tool.name(),
                    JSON.writeValueAsString(new DemoSchema(tool.schema(), asked).object())));
        }
        return made;
    }

    /** As it is written and as a word: many tools are called like something that anybody may say. */
    private static boolean names(String asked, String tool) {
        return !tool.isEmpty()
                && Pattern.compile("(?<![\\w-])" + Pattern.quote(tool) + "(?![\\w-])")
                        .matcher(asked)
                        .find();
    }

    private static String quoted(String text) {
        List<String> words = words(text);
        return String.join("", words.subList(0, Math.min(QUOTED_WORDS_MAX, words.size())))
                .strip();
    }

    /** Words with the space behind them; each counts as a token. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("(?<= )")) if (!word.isEmpty()) words.add(word);
        return words;
    }

    /** What the prompt counts. */
    static long tokens(DemoPrompt prompt) {
        long tokens = TURN_TOKENS;
        for (DemoPrompt.Tool tool : prompt.tools())
            tokens += TOOL_TOKENS + jsonTokens(tool.schema().toString());
        for (DemoPrompt.Turn turn : prompt.turns()) tokens += tokens(turn);
        return tokens;
    }

    static long tokens(DemoPrompt.Turn turn) {
        return TURN_TOKENS
                + words(turn.text()).size()
                + (long) MEDIA_TOKENS * turn.media().size();
    }

    private static long jsonTokens(String json) {
        return (json.length() + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
