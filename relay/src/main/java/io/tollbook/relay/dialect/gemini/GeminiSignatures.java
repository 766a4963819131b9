package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Other vendors' seals as Google's clients keep them. Those decode a {@code thoughtSignature} as Base64 and encode it again,
 * in either alphabet, so what is hidden in one is Base64 itself: of {@code vendor:id:seal}, or {@code vendor-hidden:id:thinking}.
 */
final class GeminiSignatures {
    private static final String HIDDEN = "-hidden";
    /** As many letters of Base64 as hold every vendor's name. */
    private static final int NAME_LETTERS = 28;

    /** What a client showed. @param isHidden whether it is the thinking itself and not the seal of one */
    record Shown(@Nullable String id, Signature signature, boolean isHidden) {}

    private GeminiSignatures() {}

    static String seal(@Nullable String id, Signature signature) {
        return signature.by() == Vendor.GEMINI ? signature.value() : wrapped(name(signature.by()), id, signature);
    }

    static String hidden(@Nullable String id, Signature signature) {
        return wrapped(name(signature.by()) + HIDDEN, id, signature);
    }

    private static String wrapped(String name, @Nullable String id, Signature signature) {
        String text = name + ":" + (id == null ? "" : id) + ":" + signature.value();
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Vendor vendor) {
        return vendor.name().toLowerCase(Locale.ROOT);
    }

    /** What is no other vendor's is Gemini's own, and kept as it came. */
    static @Nullable Shown read(@Nullable String value) {
        if (value == null || value.isEmpty()) return null;
        String beginning = decoded(value.substring(0, Math.min(value.length() / 4 * 4, NAME_LETTERS)));
        for (Vendor vendor : Vendor.values()) {
            if (!beginning.startsWith(name(vendor))) continue;
            String[] parts = decoded(value).split(":", 3);
            if (parts.length != 3) continue;
            String id = parts[1].isEmpty() ? null : parts[1];
            Signature signature = new Signature(vendor, parts[2]);
            if (parts[0].equals(name(vendor))) return new Shown(id, signature, false);
            if (parts[0].equals(name(vendor) + HIDDEN)) return new Shown(id, signature, true);
        }
        return new Shown(null, new Signature(Vendor.GEMINI, value), false);
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(standard(value)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Base64 in the standard alphabet with padding, of that in the one for addresses. */
    static String standard(String base64) {
        int padding = (4 - base64.length() % 4) % 4;
        if (padding == 0 && base64.indexOf('-') < 0 && base64.indexOf('_') < 0) return base64;
        return base64.replace('-', '+').replace('_', '/') + "=".repeat(padding % 3);
    }
}
