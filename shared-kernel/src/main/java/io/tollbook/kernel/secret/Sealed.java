package io.tollbook.kernel.secret;

/**
 * A secret or personal datum as it stands in an event: encrypted under the key of the person or thing it belongs to.
 * Destroying that key erases it.
 *
 * @param subject whose key sealed it: {@code user-17}, {@code channel-3}, {@code site}
 * @param cipher AES-GCM nonce, text and tag, in Base64
 */
public record Sealed(String subject, String cipher) {}
