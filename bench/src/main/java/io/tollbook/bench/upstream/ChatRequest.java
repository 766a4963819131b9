package io.tollbook.bench.upstream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks, read from the top level of its JSON without building a tree.
 *
 * @param maxTokens the longest answer allowed; 0 if not stated
 * @param chunks {@code mock_chunks}: how many pieces a stream has; -1 if not stated
 * @param delayMillis {@code mock_delay_ms}: the time between them, or before a whole answer; -1 if not stated
 */
record ChatRequest(String model, boolean stream, boolean includeUsage, int maxTokens, int chunks, int delayMillis) {
    /** Null where the bytes are no JSON object with a model. */
    static @Nullable ChatRequest read(byte[] json, int from, int to) {
        return new Scanner(json, from, to).read();
    }

    private static final class Scanner {
        private final byte[] json;
        private final int end;
        private int at;

        Scanner(byte[] json, int from, int to) {
            this.json = json;
            this.at = from;
            this.end = to;
        }

        @Nullable
        ChatRequest read() {
            String model = null;
            boolean stream = false;
            boolean includeUsage = false;
            int maxTokens = 0;
            int chunks = -1;
            int delayMillis = -1;
            skipSpace();
            if (!take('{')) return null;
            skipSpace();
            if (take('}')) return null;
            while (at < end) {
                skipSpace();
                int keyFrom = at + 1;
                if (!skipString()) return null;
                int keyTo = at - 1;
                skipSpace();
                if (!take(':')) return null;
                skipSpace();
                int from = at;
                if (!skipValue()) return null;
                if (is(keyFrom, keyTo, "model")) {
                    if (json[from] != '"') return null;
                    model = new String(json, from + 1, at - from - 2, StandardCharsets.UTF_8);
                } else if (is(keyFrom, keyTo, "stream")) stream = json[from] == 't';
                else if (is(keyFrom, keyTo, "stream_options")) includeUsage = holdsTrue(from, at, "\"include_usage\"");
                else if (is(keyFrom, keyTo, "max_tokens") || is(keyFrom, keyTo, "max_completion_tokens"))
                    maxTokens = Math.max(maxTokens, number(from, at));
                else if (is(keyFrom, keyTo, "mock_chunks")) chunks = number(from, at);
                else if (is(keyFrom, keyTo, "mock_delay_ms")) delayMillis = number(from, at);
                skipSpace();
                if (take('}'))
                    return model == null
                            ? null
                            : new ChatRequest(model, stream, includeUsage, maxTokens, chunks, delayMillis);
                if (!take(',')) return null;
            }
            return null;
        }

        private void skipSpace() {
            while (at < end && json[at] <= ' ') at++;
        }

        private boolean take(char wanted) {
            if (at >= end || json[at] != wanted) return false;
            at++;
            return true;
        }

        private boolean skipString() {
            if (!take('"')) return false;
            while (at < end) {
                byte b = json[at++];
                if (b == '"') return true;
                if (b == '\\') at++;
            }
            return false;
        }

        private boolean skipValue() {
            if (at >= end) return false;
            if (json[at] == '"') return skipString();
            int depth = 0;
            int from = at;
            while (at < end) {
                switch (json[at]) {
                    case '"' -> {
                        if (!skipString()) return false;
                        continue;
                    }
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        if (depth == 0) return at > from;
                        depth--;
                        if (depth == 0) {
                            at++;
                            return true;
                        }
                    }
                    case ',' -> {
                        if (depth == 0) return at > from;
                    }
                    default -> {}
                }
                at++;
            }
            return false;
        }

        private boolean is(int from, int to, String key) {
            if (to - from != key.length()) return false;
            for (int i = 0; i < key.length(); i++) if (json[from + i] != key.charAt(i)) return false;
            return true;
        }

        private boolean holdsTrue(int from, int to, String key) {
            for (int i = from; i + key.length() < to; i++) {
                if (!is(i, i + key.length(), key)) continue;
                for (int j = i + key.length(); j < to; j++) {
                    if (json[j] == 't') return true;
                    if (json[j] != ':' && json[j] > ' ') return false;
                }
            }
            return false;
        }

        private int number(int from, int to) {
            long number = 0;
            for (int i = from; i < to && json[i] >= '0' && json[i] <= '9'; i++)
                number = Math.min(Integer.MAX_VALUE, number * 10 + json[i] - '0');
            return (int) number;
        }
    }
}
