package io.tollbook.bench.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tools: how each is told where to ask, and set to work without a person. */
enum CommandLine {
    CLAUDE_CODE("Claude Code", "@anthropic-ai/claude-code", "claude-sonnet-4-5") {
        @Override
        List<String> command(Path modules, String model, String task) {
            // Its own binary needs no Node; its launcher finds the one for this machine.
            return List.of(
                    "node",
                    modules.resolve("@anthropic-ai/claude-code/cli-wrapper.cjs").toString(),
                    "-p",
                    task,
                    "--allowedTools",
                    "Write,Bash");
        }

        @Override
        Map<String, String> setUp(Path home, URI gateway, String key, String model) {
            return Map.of(
                    "ANTHROPIC_BASE_URL",
                    gateway.toString(),
                    "ANTHROPIC_AUTH_TOKEN",
                    key,
                    "ANTHROPIC_MODEL",
                    model,
                    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                    "1");
        }
    },

    CODEX("Codex", "@openai/codex", "gpt-5.5") {
        @Override
        List<String> command(Path modules, String model, String task) {
            return List.of(
                    "node",
                    modules.resolve("@openai/codex/bin/codex.js").toString(),
                    "exec",
                    "--skip-git-repo-check",
                    "--dangerously-bypass-approvals-and-sandbox",
                    task);
        }

        @Override
        Map<String, String> setUp(Path home, URI gateway, String key, String model) throws IOException {
            write(home.resolve(".codex/config.toml"), """
                    model = "%s"
                    model_provider = "tollbook"
                    check_for_update_on_startup = false

                    [analytics]
                    enabled = false

                    [features]
                    plugins = false
                    apps = false

                    [model_providers.tollbook]
                    name = "Tollbook"
                    base_url = "%s/v1"
                    env_key = "OPENAI_API_KEY"
                    wire_api = "responses"
                    """.formatted(model, gateway));
            return Map.of("OPENAI_API_KEY", key);
        }
    },

    GEMINI_CLI("Gemini CLI", "@google/gemini-cli", "gemini-3.1-pro-preview") {
        @Override
        List<String> command(Path modules, String model, String task) {
            return List.of(
                    "node",
                    modules.resolve("@google/gemini-cli/bundle/gemini.js").toString(),
                    "-m",
                    model,
                    "--yolo",
                    "--skip-trust",
                    "-p",
                    task);
        }

        @Override
        Map<String, String> setUp(Path home, URI gateway, String key, String model) throws IOException {
            write(home.resolve(".gemini/settings.json"), """
                    {"security": {"auth": {"selectedType": "gemini-api-key"}},
                     "general": {"enableAutoUpdate": false},
                     "privacy": {"usageStatisticsEnabled": false}}
                    """);
            return Map.of("GOOGLE_GEMINI_BASE_URL", gateway.toString(), "GEMINI_API_KEY", key);
        }
    };

    private final String label;
    private final String npm;
    private final String model;

    CommandLine(String label, String npm, String model) {
        this.label = label;
        this.npm = npm;
        this.model = model;
    }

    String label() {
        return label;
    }

    /** Its package. */
    String npm() {
        return npm;
    }

    /** Its vendor's own. */
    String model() {
        return model;
    }

    /** @param modules where npm has put the packages */
    abstract List<String> command(Path modules, String model, String task);

    /**
     * Writes its settings.
     *
     * @param home the user's folder, empty
     * @return the environment it needs besides
     */
    abstract Map<String, String> setUp(Path home, URI gateway, String key, String model) throws IOException;

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
