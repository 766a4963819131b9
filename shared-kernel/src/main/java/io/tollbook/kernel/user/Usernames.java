package io.tollbook.kernel.user;

import io.tollbook.kernel.Refused;
import java.text.Normalizer;
import java.util.Locale;

/** What a username may look like, and when two of them count as the same. */
public final class Usernames {
    public static final int LENGTH_MAX = 20;
    public static final int PASSWORD_MIN = 8;
    public static final int PASSWORD_MAX = 128;

    private Usernames() {}

    /** The name in NFKC, trimmed. Refuses blank, overlong, invisible and control characters. */
    public static String checked(String field, String raw) {
        String name = Normalizer.normalize(raw, Normalizer.Form.NFKC).strip();
        if (name.isEmpty()) throw Refused.invalid("The " + field + " is empty.");
        if (name.codePointCount(0, name.length()) > LENGTH_MAX)
            throw Refused.invalid("The " + field + " is longer than " + LENGTH_MAX + " characters.");
        name.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.PRIVATE_USE
                    || type == Character.UNASSIGNED
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR)
                throw Refused.invalid("The " + field + " has an invisible character.");
        });
        return name;
    }

    /** The form under which a name is unique. */
    public static String canonical(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    public static void checkPassword(String password) {
        if (password.length() < PASSWORD_MIN)
            throw Refused.invalid("The password is shorter than " + PASSWORD_MIN + " characters.");
        if (password.length() > PASSWORD_MAX)
            throw Refused.invalid("The password is longer than " + PASSWORD_MAX + " characters.");
    }
}
