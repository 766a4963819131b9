package io.tollbook.bench.upstream;

import java.nio.charset.StandardCharsets;

/** Renders the provider's answers, HTTP head and framing included. Not for several threads. */
final class Answers {
    static final int HUGE_LINE_BYTES = 1024 * 1024;

    private static final byte[] HEAD_JSON =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: ");
    private static final byte[] HEAD_STREAM =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                    + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\nx-request-id: ");
    private static final byte[] CONTENT_LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] BLANK = ascii("\r\n\r\n");
    private static final byte[] LINE = ascii("\r\n");
    private static final String SENTENCE =
            "A toll is paid at the gate, and the book that counts it stays open to whoever paid. ";
    private static final byte[] DONE = ascii("data: [DONE]\n\n");
    static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

    private final Bytes body = new Bytes();
    private final Bytes out = new Bytes();

    Bytes whole(Receipt receipt, boolean withUsage, int contentBytes) {
        body.clear();
        body.put("{\"id\":\"").put(receipt.id()).put("\",\"object\":\"chat.completion\",\"created\":");
        body.put(receipt.begunAt() / 1000).put(",\"model\":").put(quoted(receipt.model()));
        body.put(",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"");
        for (int i = 0; i < contentBytes; i += SENTENCE.length()) body.put(SENTENCE);
        body.put("\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}]");
        if (withUsage) usage(receipt.usage());
        body.put(",\"system_fingerprint\":\"fp_mock\"}");
        out.clear()
                .put(HEAD_JSON)
                .put(receipt.id())
                .put(CONTENT_LENGTH)
                .put(body.length)
                .put(BLANK);
        return out.put(body.array, 0, body.length);
    }

    Bytes streamHead(Receipt receipt) {
        return out.clear().put(HEAD_STREAM).put(receipt.id()).put(BLANK);
    }

    /** One piece of a stream, the same bytes each time. */
    byte[] piece(Receipt receipt, int contentBytes) {
        event(receipt).put("[{\"index\":0,\"delta\":{\"content\":\"");
        if (contentBytes == 0) body.put("word ");
        for (int i = 0; i < contentBytes; i += SENTENCE.length()) body.put(SENTENCE);
        body.put("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
        out.clear();
        framed();
        return out.copy();
    }

    /** What follows the last piece: the reason, the usage if it was asked for, the end mark. */
    byte[] streamEnd(Receipt receipt, boolean withUsage) {
        out.clear();
        event(receipt).put("[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n");
        framed();
        if (withUsage) {
            event(receipt).put("[]");
            usage(receipt.usage());
            body.put("}\n\n");
            framed();
        }
        body.clear().put(DONE);
        framed();
        return out.put(LAST_CHUNK).copy();
    }

    Bytes garbageStream(Receipt receipt) {
        streamHead(receipt);
        body.clear().put("data: {{{ this is no JSON\n\ndata: \u0001\n\n<html>502</html>\n\n");
        framed();
        return out.put(LAST_CHUNK);
    }

    Bytes plain(int status, String reason, String headers, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.clear().put("HTTP/1.1 ").put(status).put(" ").put(reason).put("\r\nContent-Type: application/json\r\n");
        return out.put(headers)
                .put("Content-Length: ")
                .put(bytes.length)
                .put(BLANK)
                .put(bytes);
    }

    Bytes error(int status, String reason, String headers, String type, String code) {
        return plain(
                status,
                reason,
                headers,
                "{\"error\":{\"message\":\"The mock was asked for this error.\",\"type\":\"" + type
                        + "\",\"param\":null,\"code\":\"" + code + "\"}}");
    }

    private Bytes event(Receipt receipt) {
        body.clear();
        body.put("data: {\"id\":\"").put(receipt.id()).put("\",\"object\":\"chat.completion.chunk\",\"created\":");
        body.put(receipt.begunAt() / 1000).put(",\"model\":").put(quoted(receipt.model()));
        return body.put(",\"system_fingerprint\":\"fp_mock\",\"choices\":");
    }

    private void usage(Usage usage) {
        body.put(",\"usage\":{\"prompt_tokens\":").put(usage.prompt());
        body.put(",\"completion_tokens\":").put(usage.completion());
        body.put(",\"total_tokens\":").put(usage.prompt() + usage.completion());
        body.put(",\"prompt_tokens_details\":{\"cached_tokens\":")
                .put(usage.cached())
                .put(",\"audio_tokens\":0}");
        body.put(",\"completion_tokens_details\":{\"reasoning_tokens\":").put(usage.reasoning());
        body.put(",\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}");
    }

    private void framed() {
        frame(body, out);
    }

    static void frame(Bytes body, Bytes out) {
        out.putHex(body.length).put(LINE).put(body.array, 0, body.length).put(LINE);
    }

    static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') return "\"unprintable\"";
        }
        return "\"" + text + "\"";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
