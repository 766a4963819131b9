package io.tollbook.query.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.token.AdmissionByKey;
import io.tollbook.kernel.user.UserStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose API key it is. A key that is used up or switched off still shows what it did; one of a disabled user does not. */
@Component
final class KeyHolders {
    private static final int LENGTH_MAX = 256;

    private final Messages messages;
    private final Vault vault;

    KeyHolders(Messages messages, Vault vault) {
        this.messages = messages;
        this.vault = vault;
    }

    /** @param shown the key, with or without {@code Bearer} and {@code sk-} */
    Admission find(@Nullable String shown) {
        String key = shown == null ? "" : shown.strip();
        if (key.toLowerCase(Locale.ROOT).startsWith("bearer "))
            key = key.substring(7).strip();
        if (key.startsWith("sk-")) key = key.substring(3);
        if (key.isEmpty() || key.length() > LENGTH_MAX) throw new Refused(Refusal.KEY_INVALID);
        Admission admission = messages.ask(new AdmissionByKey(vault.fingerprint(Vault.API_KEY, key)), Actor.RELAY)
                .orElseThrow(() -> new Refused(Refusal.KEY_INVALID));
        if (admission.userStatus() != UserStatus.ENABLED) throw new Refused(Refusal.USER_DISABLED);
        return admission;
    }
}
