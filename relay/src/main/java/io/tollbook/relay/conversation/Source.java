package io.tollbook.relay.conversation;

import org.jspecify.annotations.Nullable;

/** Where a medium's bytes are. */
public sealed interface Source {
    /**
     * In the request itself.
     *
     * @param data Base64 of the standard alphabet with padding, as every dialect takes it; never decoded on the way
     */
    record Inline(String mediaType, String data) implements Source {}

    /** At an address. Who needs the bytes fetches them under guard before writing the request. */
    record Address(String url, @Nullable String mediaType) implements Source {}

    /** At the vendor that keeps files. */
    record File(Vendor vendor, String id, @Nullable String mediaType) implements Source {}

    /** Text that is a document of its own. */
    record PlainText(String text) implements Source {}
}
