package io.tollbook.relay.admission;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.AddressRanges;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserStatus;
import java.time.Instant;
import java.util.Set;

/** A key and its user as they stand in memory, with what is asked at every call made ready. */
public final class Admitted {
    private final Admission admission;
    private final AddressRanges addresses;
    private final Set<String> models;

    Admitted(Admission admission) {
        this.admission = admission;
        addresses = new AddressRanges(admission.terms().addresses());
        models = Set.copyOf(admission.terms().models());
    }

    public Admission admission() {
        return admission;
    }

    /** @throws Refused for the first rule that says no */
    void check(Instant now, String address, GroupRules groups) {
        if (!admission.enabled()) throw new Refused(Refusal.KEY_DISABLED);
        Instant expiresAt = admission.terms().expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(now)) throw new Refused(Refusal.KEY_EXPIRED);
        if (!addresses.contain(address)) throw new Refused(Refusal.ADDRESS_NOT_ALLOWED);
        if (admission.userStatus() != UserStatus.ENABLED) throw new Refused(Refusal.USER_DISABLED);
        if (admission.role() == Role.AUDITOR)
            throw new Refused(
                    Refusal.READ_ONLY,
                    isSession()
                            ? "An auditor may not spend."
                            : "This API key belongs to an auditor, who may not spend.");
        String group = admission.group();
        if (!group.equals(admission.userGroup())
                && !groups.usable(admission.userGroup()).containsKey(group))
            throw isSession()
                    ? new Refused(Refusal.GROUP_NOT_ALLOWED, "The group " + group + " is not open to you.")
                    : new Refused(Refusal.GROUP_NOT_ALLOWED);
    }

    private boolean isSession() {
        return admission.token().isSession();
    }

    /** @throws Refused MODEL_NOT_ALLOWED */
    public void checkModel(String model) {
        if (admission.terms().modelsLimited() && !models.contains(model))
            throw new Refused(Refusal.MODEL_NOT_ALLOWED, "This API key may not use the model " + model + ".");
    }

    /** The models this key is limited to; empty if it is not limited. */
    public Set<String> limitedTo() {
        return admission.terms().modelsLimited() ? models : Set.of();
    }
}
