package io.tollbook.console.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the vendors' own command line tools must be told, so that they ask here. */
final class ToolSetup {
    private ToolSetup() {}

    /** By tool. */
    static Map<String, String> of(String base, String model, String key) {
        Map<String, String> tools = new LinkedHashMap<>();
        tools.put("Claude Code", """
                export ANTHROPIC_BASE_URL=%s
                export ANTHROPIC_AUTH_TOKEN=%s
                export ANTHROPIC_MODEL=%s
                claude""".formatted(quoted(base), quoted(key), quoted(model)));
        tools.put("Codex", """
                # ~/.codex/config.toml
                model = %s
                model_provider = "here"

                [model_providers.here]
                name = "here"
                base_url = %s
                env_key = "OPENAI_API_KEY"
                wire_api = "responses"

                # in the shell
                export OPENAI_API_KEY=%s
                codex""".formatted(doubleQuoted(model), doubleQuoted(base + "/v1"), quoted(key)));
        // Without the settings it takes the address for a gateway of another kind, and only a person can sign in.
        tools.put("Gemini CLI", """
                # ~/.gemini/settings.json
                {"security": {"auth": {"selectedType": "gemini-api-key"}}}

                # in the shell
                export GOOGLE_GEMINI_BASE_URL=%s
                export GEMINI_API_KEY=%s
                gemini -m %s""".formatted(quoted(base), quoted(key), quoted(model)));
        return tools;
    }

    private static String quoted(String text) {
        return text.matches("[\\w./:@…-]+") ? text : CodeSample.shell(text);
    }

    private static String doubleQuoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
