package io.tollbook.console.client;

import io.tollbook.kernel.pricing.EndpointKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first call to a model, ready to paste. There is one line a kind of call; where a kind has none, its address is all that
 * is shown.
 */
public final class CodeSample {
    /** Stands for the reader's own key. */
    public static final String KEY = "sk-YOUR_KEY";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String GREETING = "Say hello";
    private static final String CHAT =
            "{\"model\": {model}, \"messages\": [{\"role\": \"user\", \"content\": \"{ask}\"}]}";
    private static final String BEARER = "Authorization: Bearer {key}";

    /**
     * What differs between the kinds of calls.
     *
     * @param header how the key is shown
     * @param extra a further header; empty for none
     * @param body in JSON
     * @param answer where the answer's text is, in JavaScript
     * @param python the vendor's own client, in Python
     * @param typescript the vendor's own client, in TypeScript
     * @param java the vendor's own client, in Java
     */
    private record Dialect(
            String header, String extra, String body, String answer, String python, String typescript, String java) {}

    private static final Map<EndpointKind, Dialect> DIALECTS = new EnumMap<>(Map.of(
            EndpointKind.CHAT,
            new Dialect(BEARER, "", CHAT, "choices[0].message.content", """
                    from openai import OpenAI

                    client = OpenAI(base_url="{base}/v1", api_key="{key}")
                    answer = client.chat.completions.create(
                        model={model},
                        messages=[{"role": "user", "content": "{ask}"}],
                    )
                    print(answer.choices[0].message.content)""", """
                    import OpenAI from 'openai';

                    const client = new OpenAI({ baseURL: '{base}/v1', apiKey: '{key}' });
                    const answer = await client.chat.completions.create({
                      model: {model},
                      messages: [{ role: 'user', content: '{ask}' }],
                    });
                    console.log(answer.choices[0].message.content);""", """
                    OpenAIClient client = OpenAIOkHttpClient.builder()
                            .baseUrl("{base}/v1")
                            .apiKey("{key}")
                            .build();
                    ChatCompletion answer = client.chat().completions().create(ChatCompletionCreateParams.builder()
                            .model({model})
                            .addUserMessage("{ask}")
                            .build());
                    answer.choices().getFirst().message().content().ifPresent(System.out::println);"""),
            EndpointKind.RESPONSES,
            new Dialect(BEARER, "", "{\"model\": {model}, \"input\": \"{ask}\"}", "output", """
                    from openai import OpenAI

                    client = OpenAI(base_url="{base}/v1", api_key="{key}")
                    answer = client.responses.create(model={model}, input="{ask}")
                    print(answer.output_text)""", """
                    import OpenAI from 'openai';

                    const client = new OpenAI({ baseURL: '{base}/v1', apiKey: '{key}' });
                    const answer = await client.responses.create({ model: {model}, input: '{ask}' });
                    console.log(answer.output_text);""", """
                    OpenAIClient client = OpenAIOkHttpClient.builder()
                            .baseUrl("{base}/v1")
                            .apiKey("{key}")
                            .build();
                    Response answer = client.responses().create(ResponseCreateParams.builder()
                            .model({model})
                            .input("{ask}")
                            .build());
                    answer.output().stream()
                            .flatMap(item -> item.message().stream())
                            .flatMap(message -> message.content().stream())
                            .flatMap(content -> content.outputText().stream())
                            .forEach(text -> System.out.println(text.text()));"""),
            EndpointKind.MESSAGES,
            new Dialect(
                    "x-api-key: {key}",
                    "anthropic-version: 2023-06-01",
                    CHAT.replace("\"messages\"", "\"max_tokens\": 1024, \"messages\""),
                    "content[0].text",
                    """
                    from anthropic import Anthropic

                    client = Anthropic(base_url="{base}", api_key="{key}")
                    answer = client.messages.create(
                        model={model},
                        max_tokens=1024,
                        messages=[{"role": "user", "content": "{ask}"}],
                    )
                    print(answer.content[0].text)""",
                    """
                    import Anthropic from '@anthropic-ai/sdk';

                    const client = new Anthropic({ baseURL: '{base}', apiKey: '{key}' });
                    const answer = await client.messages.create({
                      model: {model},
                      max_tokens: 1024,
                      messages: [{ role: 'user', content: '{ask}' }],
                    });
                    console.log(answer.content);""",
                    """
                    AnthropicClient client = AnthropicOkHttpClient.builder()
                            .baseUrl("{base}")
                            .apiKey("{key}")
                            .build();
                    Message answer = client.messages().create(MessageCreateParams.builder()
                            .model({model})
                            .maxTokens(1024)
                            .addUserMessage("{ask}")
                            .build());
                    answer.content().forEach(block -> block.text().ifPresent(text -> System.out.println(text.text())));"""),
            EndpointKind.GENERATE_CONTENT,
            new Dialect(
                    "x-goog-api-key: {key}",
                    "",
                    "{\"contents\": [{\"role\": \"user\", \"parts\": [{\"text\": \"{ask}\"}]}]}",
                    "candidates[0].content.parts[0].text",
                    """
                    from google import genai

                    client = genai.Client(api_key="{key}", http_options={"base_url": "{base}"})
                    answer = client.models.generate_content(model={model}, contents="{ask}")
                    print(answer.text)""",
                    """
                    import { GoogleGenAI } from '@google/genai';

                    const client = new GoogleGenAI({ apiKey: '{key}', httpOptions: { baseUrl: '{base}' } });
                    const answer = await client.models.generateContent({ model: {model}, contents: '{ask}' });
                    console.log(answer.text);""",
                    """
                    Client client = Client.builder()
                            .apiKey("{key}")
                            .httpOptions(HttpOptions.builder().baseUrl("{base}").build())
                            .build();
                    System.out.println(client.models.generateContent({model}, "{ask}", null).text());""")));

    private CodeSample() {}

    /** By language, with a key to fill in; empty where there is no sample for this kind of call. */
    public static Map<String, String> of(EndpointKind kind, String base, String model) {
        return of(kind, base, model, KEY);
    }

    /** @param key as it is to be shown */
    public static Map<String, String> of(EndpointKind kind, String base, String model, String key) {
        Dialect dialect = DIALECTS.get(kind);
        if (dialect == null) return Map.of();
        String path = base + kind.path().replace("{model}", percent(model));
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("cURL", curl(dialect, path, base, model, key));
        samples.put("Python", filled(dialect.python, base, model, key));
        samples.put("TypeScript", filled(dialect.typescript, base, model, key));
        samples.put("JavaScript", javaScript(dialect, path, base, model, key));
        samples.put("Java", filled(dialect.java, base, model, key));
        return samples;
    }

    private static String curl(Dialect dialect, String path, String base, String model, String key) {
        StringBuilder lines = new StringBuilder("curl " + shell(path) + " \\\n");
        lines.append("  -H ")
                .append(shell(filled(dialect.header, base, model, key)))
                .append(" \\\n");
        if (!dialect.extra.isEmpty())
            lines.append("  -H ").append(shell(dialect.extra)).append(" \\\n");
        lines.append("  -H 'Content-Type: application/json' \\\n");
        return lines.append("  -d ")
                .append(shell(filled(dialect.body, base, model, key)))
                .toString();
    }

    private static String javaScript(Dialect dialect, String path, String base, String model, String key) {
        String extra = dialect.extra.isEmpty() ? "" : "\n" + header(dialect.extra);
        return """
                const answer = await fetch(%s, {
                  method: 'POST',
                  headers: {
                %s%s
                    'Content-Type': 'application/json',
                  },
                  body: JSON.stringify(%s),
                });
                console.log((await answer.json()).%s);""".formatted(
                        JSON.writeValueAsString(path),
                        header(filled(dialect.header, base, model, key)),
                        extra,
                        filled(dialect.body, base, model, key),
                        dialect.answer);
    }

    private static String header(String line) {
        String[] sides = line.split(": ", 2);
        return "    '" + sides[0] + "': '" + sides[1] + "',";
    }

    /** The name goes in last and as a JSON text, which all these languages read: whatever is in it stays a text. */
    private static String filled(String template, String base, String model, String key) {
        return template.replace("{base}", base)
                .replace("{key}", key)
                .replace("{ask}", GREETING)
                .replace("{model}", JSON.writeValueAsString(model));
    }

    /** A part of an address, whatever is in it. */
    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":");
    }

    static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
