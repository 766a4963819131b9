package io.tollbook.relay.dialect.claude;

import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Vendor;
import org.jspecify.annotations.Nullable;

/**
 * Seals of other vendors in the two places that a Claude client shows again unread: the signature of a thinking block, and a
 * block of redacted thinking. What a seal is for is written in front of it, where Claude has no such seal: Gemini signs calls
 * and text too, and OpenAI's hidden thinking has a name.
 */
final class Seals {
    /** For the call that follows. */
    static final String CALL = "call";
    /** For the text before. */
    static final String TEXT = "text";

    /** @param label the item's name, or what it is for; null for neither */
    record Read(@Nullable String label, Signature signature) {}

    private Seals() {}

    static String shown(@Nullable String label, Signature signature) {
        if (signature.by() == Vendor.CLAUDE || label == null) return signature.shownTo(Vendor.CLAUDE);
        return new Signature(signature.by(), label + ' ' + signature.value()).shownTo(Vendor.CLAUDE);
    }

    static @Nullable Read read(@Nullable String shown) {
        Signature signature = Signature.shownBy(Vendor.CLAUDE, shown);
        if (signature == null) return null;
        int space = signature.value().indexOf(' ');
        if (signature.by() == Vendor.CLAUDE || space < 0) return new Read(null, signature);
        return new Read(
                signature.value().substring(0, space),
                new Signature(signature.by(), signature.value().substring(space + 1)));
    }
}
