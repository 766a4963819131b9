package io.tollbook.console.user;

import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Registers strangers in the site's own name, as root has allowed it, and no more than a person needs. */
@Component
class SignUps {
    private static final int PER_ADDRESS_MAX = 20;
    private static final Duration WINDOW = Duration.ofMinutes(20);
    private static final int ADDRESSES_MAX = 10_000; // × 20 instants: about 10 MB at worst.

    private final Messages messages;
    private final Sessions sessions;
    private final Ids ids;
    private final Map<String, Deque<Instant>> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    SignUps(Messages messages, Sessions sessions, Ids ids) {
        this.messages = messages;
        this.sessions = sessions;
        this.ids = ids;
    }

    void signUp(String username, Secret password, Site site, @Nullable String address) {
        if (!site.takesSignUps()) throw new Refused(Refusal.REGISTRATION_CLOSED);
        count(address == null ? "" : address, Clock.systemUTC().instant());
        Actor self = new Actor(Caller.SYSTEM, null, Role.ROOT, "none", address);
        UserId user = new UserId(ids.next(Ids.Kind.USER));
        messages.send(
                new RegisterUser(
                        user,
                        username,
                        username,
                        Role.USER,
                        "default",
                        sessions.hash(password),
                        Quota.of(site.quotaForNewUser()),
                        Instant.now()),
                self,
                "sign-up");
    }

    /** Hashing a password is slow on purpose, so a flood of sign-ups is turned away before it. */
    synchronized void count(String address, Instant now) {
        Deque<Instant> tries = recent.computeIfAbsent(address, any -> new ArrayDeque<>());
        while (!tries.isEmpty() && !tries.getFirst().isAfter(now.minus(WINDOW))) tries.removeFirst();
        if (tries.size() >= PER_ADDRESS_MAX) throw new Refused(Refusal.TOO_MANY_REQUESTS);
        tries.addLast(now);
    }
}
