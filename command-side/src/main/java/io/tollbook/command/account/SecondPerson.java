package io.tollbook.command.account;

import io.tollbook.command.access.Sender;
import io.tollbook.command.settings.SiteSettings;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustmentMadeAlone;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * How much one administrator may change by hand without a second: as much within a day, over all accounts, as the site's limit
 * says. A large change in small pieces is therefore as large. Where the site has no limit nothing is counted.
 */
@Component
public final class SecondPerson {
    private final Repository<ChangesAlone> changes;
    private final SiteSettings settings;

    public SecondPerson(
            @Lazy @Qualifier("changesAloneRepository") Repository<ChangesAlone> changes, SiteSettings settings) {
        this.changes = changes;
        this.settings = settings;
    }

    public boolean isNeededFor(Quota change, Sender sender, Instant now) {
        long above = settings.secondPersonAbove(now);
        if (above == 0 || change.isZero()) return false;
        Quota together = Quota.of(Math.absExact(change.units())).plus(ofLastDay(user(sender), now));
        return together.units() > above;
    }

    private Quota ofLastDay(UserId administrator, Instant now) {
        try {
            return changes.load(ChangesAlone.stream(administrator)).invoke(c -> c.ofLastDay(now));
        } catch (AggregateNotFoundException e) {
            return Quota.ZERO;
        }
    }

    /** Counts a change that needed nobody else. */
    public void madeAlone(LotId adjustment, AccountId account, Quota change, Sender sender, Instant now)
            throws Exception {
        if (settings.secondPersonAbove(now) == 0 || change.isZero()) return;
        UserId administrator = user(sender);
        AdjustmentMadeAlone made = new AdjustmentMadeAlone(adjustment, account, administrator, change, now);
        changes.loadOrCreate(ChangesAlone.stream(administrator), () -> new ChangesAlone(administrator))
                .execute(c -> c.note(made));
    }

    private static UserId user(Sender sender) {
        UserId user = sender.user();
        if (user == null) throw new Refused(Refusal.SIGN_IN_REQUIRED);
        return user;
    }
}
