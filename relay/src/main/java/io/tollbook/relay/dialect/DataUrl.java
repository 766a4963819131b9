package io.tollbook.relay.dialect;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Source;
import java.util.Locale;

/** Media inside of an address, as OpenAI's clients send them: {@code data:image/png;base64,…}. */
public final class DataUrl {
    private DataUrl() {}

    /** @throws Refused INVALID for what is neither such an address nor one on the web */
    public static Source source(String url, String path) {
        String start = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("http://") || start.startsWith("https://")) return new Source.Address(url, null);
        int comma = url.indexOf(',');
        if (!start.startsWith("data:") || comma < 0)
            throw Refused.invalid(path + " must be an http(s) address or a data URL with base64");
        String head = url.substring(5, comma);
        if (!head.toLowerCase(Locale.ROOT).endsWith(";base64"))
            throw Refused.invalid(path + " must be encoded in base64");
        String type = head.substring(0, head.length() - 7);
        int parameters = type.indexOf(';');
        if (parameters >= 0) type = type.substring(0, parameters);
        return new Source.Inline(
                type.isBlank() ? "application/octet-stream" : type.strip().toLowerCase(Locale.ROOT),
                checked(url.substring(comma + 1), path));
    }

    public static String of(Source.Inline inline) {
        return "data:" + inline.mediaType() + ";base64," + inline.data();
    }

    /** Base64 of the standard alphabet: a vendor would refuse anything else, after it was held for. */
    public static String checked(String data, String path) {
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            boolean letter =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
            boolean padding = c == '=' && i >= data.length() - 2;
            if (!letter && !padding) throw Refused.invalid(path + " is not in base64");
        }
        if (data.isEmpty()) throw Refused.invalid(path + " is empty");
        return data;
    }
}
