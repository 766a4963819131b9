package io.tollbook.relay.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.AdmissionByKey;
import io.tollbook.relay.directory.SiteOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Keys in memory: filled by a query on a miss, forgotten when a change says so. Unknown keys are remembered briefly. */
@Component
public final class Admissions {
    private static final int KEYS_MAX = 100_000;
    private static final int UNKNOWN_MAX = 100_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    /** Look-ups at once, so that a flood of made-up keys cannot take the database's connections. */
    private static final int LOOK_UPS_MAX = 8;

    private final Messages messages;
    private final Vault vault;
    private final SiteOptions options;
    private final Clock clock = Clock.systemUTC();
    private final Cache<String, Admitted> known =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).build();
    private final Cache<String, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(UNKNOWN_MAX)
            .expireAfterWrite(UNKNOWN_FOR)
            .build();
    private final Semaphore lookUps = new Semaphore(LOOK_UPS_MAX);
    private final AtomicLong generation = new AtomicLong();

    Admissions(Messages messages, Vault vault, SiteOptions options, DirectoryChanges changes) {
        this.messages = messages;
        this.vault = vault;
        this.options = options;
        changes.subscribe(this::on);
    }

    /** @throws Refused for the first rule of admission that says no */
    public Admitted admit(PresentedKey presented, String address) {
        Admitted admitted = find(presented.key()).orElseThrow(() -> new Refused(Refusal.KEY_INVALID));
        admitted.check(clock.instant(), address, options.groups());
        return admitted;
    }

    private Optional<Admitted> find(String key) {
        Admitted admitted = known.getIfPresent(key);
        if (admitted != null) return Optional.of(admitted);
        if (key.isEmpty() || key.length() > 256 || unknown.getIfPresent(key) != null) return Optional.empty();
        return lookUp(key);
    }

    private Optional<Admitted> lookUp(String key) {
        try {
            if (!lookUps.tryAcquire(2, TimeUnit.SECONDS)) throw new Refused(Refusal.OVERLOADED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.OVERLOADED);
        }
        try {
            long before = generation.get();
            Optional<Admitted> found = messages.ask(
                            new AdmissionByKey(vault.fingerprint(Vault.API_KEY, key)), Actor.RELAY)
                    .map(Admitted::new);
            // What was read before a change must not be remembered after it.
            if (generation.get() == before) {
                if (found.isPresent()) known.put(key, found.get());
                else unknown.put(key, true);
            }
            return found;
        } finally {
            lookUps.release();
        }
    }

    private void on(DirectoryChange change) {
        generation.incrementAndGet();
        switch (change.kind()) {
            case TOKEN -> {
                known.asMap().values().removeIf(a -> a.admission().token().value() == change.id());
                unknown.invalidateAll();
            }
            case USER ->
                known.asMap().values().removeIf(a -> a.admission().user().value() == change.id());
            case ALL -> {
                known.invalidateAll();
                unknown.invalidateAll();
            }
            default -> {}
        }
    }
}
