package io.tollbook.bench.clients;

import io.tollbook.bench.vendor.OpenAiDouble.Call;
import io.tollbook.bench.vendor.Said;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model with one skill: told to write a word into a file, it writes it with one tool of the client's, reads it back with
 * two calls at once, and says what it saw. All it knows is in the request, so any number of sessions may be under way.
 */
final class Agent {
    private static final String TASK = "Write the word %s into the file %s, read it back and tell me what it says.";
    private static final Pattern ASKED =
            Pattern.compile("Write the word (\\w+) into the file (\\S+), read it back and tell me");
    private static final int RESULTS = 3;

    private final AtomicLong calls = new AtomicLong();

    /** What a user asks of it. */
    static String task(String word, String file) {
        return TASK.formatted(word, file);
    }

    /** What it says at the end, if all of it worked. */
    static String done(String word) {
        return "Both readings say " + word + ".";
    }

    Said answer(Heard heard) {
        Matcher asked = ASKED.matcher(heard.words());
        // Clients also ask for titles and the like.
        if (!asked.find() || heard.tools().isEmpty()) return new Said(null, "A word in a file", List.of());
        String word = asked.group(1);
        String file = asked.group(2);
        List<String> results = heard.results();
        if (results.isEmpty())
            return new Said(
                    "The file must be written first.", "I write it.", List.of(write(heard.tools(), word, file)));
        if (results.size() < RESULTS)
            return new Said(
                    "It must be read twice, at once.",
                    "I read it.",
                    List.of(run(heard.tools(), "cat " + file), run(heard.tools(), "cat < " + file)));
        boolean both = results.subList(RESULTS - 2, RESULTS).stream().allMatch(result -> result.contains(word));
        return new Said("Now I know.", both ? done(word) : "The tools said: " + results, List.of());
    }

    private Call write(Set<String> tools, String word, String file) {
        if (tools.contains("Write")) return call("Write", Map.of("file_path", file, "content", word + "\n"));
        if (tools.contains("write_file")) return call("write_file", Map.of("file_path", file, "content", word + "\n"));
        if (tools.contains("apply_patch"))
            return call(
                    "apply_patch",
                    Map.of("input", "*** Begin Patch\n*** Add File: " + file + "\n+" + word + "\n*** End Patch\n"));
        return run(tools, "echo " + word + " > " + file);
    }

    private Call run(Set<String> tools, String command) {
        if (tools.contains("Bash")) return call("Bash", Map.of("command", command, "description", "Read a file"));
        if (tools.contains("exec_command")) return call("exec_command", Map.of("cmd", command));
        return call("run_shell_command", Map.of("command", command, "description", "Read a file"));
    }

    private Call call(String name, Map<String, Object> arguments) {
        return new Call(
                "call_agent" + calls.incrementAndGet(),
                name,
                JsonMapper.shared().writeValueAsString(arguments));
    }
}
