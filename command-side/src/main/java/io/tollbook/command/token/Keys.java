package io.tollbook.command.token;

import io.tollbook.kernel.secret.Secret;
import java.security.SecureRandom;

/** Makes API keys: 48 letters and digits, 285 bits of chance. */
public final class Keys {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Keys() {}

    public static Secret next() {
        StringBuilder key = new StringBuilder(48);
        for (int i = 0; i < 48; i++) key.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return new Secret(key.toString());
    }
}
