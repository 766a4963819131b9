package io.tollbook.relay.demo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Which beginnings of prompts came before. Like the vendors' caches it forgets within minutes and leaves short ones alone. */
final class DemoPromptCache {
    private static final int TOKENS_MIN = 32;

    private final Cache<String, Boolean> beginnings = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();

    /** How many tokens of the prompt begin it as they began one before; from now on, all of it does. */
    long take(DemoPrompt prompt) {
        MessageDigest digest = sha256();
        add(digest, prompt.model());
        for (DemoPrompt.Tool tool : prompt.tools()) add(digest, tool.name() + tool.schema());
        long tokens = 0;
        long cached = 0;
        for (DemoPrompt.Turn turn : prompt.turns()) {
            add(digest, turn.role() + turn.name() + turn.text() + turn.media());
            tokens += DemoModel.tokens(turn);
            if (beginnings.asMap().putIfAbsent(sum(digest), true) != null && tokens >= TOKENS_MIN) cached = tokens;
        }
        return cached;
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static String sum(MessageDigest digest) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
