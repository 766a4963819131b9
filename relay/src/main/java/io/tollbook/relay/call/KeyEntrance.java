package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.admission.Admissions;
import io.tollbook.relay.admission.PresentedKey;
import jakarta.servlet.http.HttpServletRequest;

/** For clients: they show an API key. */
record KeyEntrance(Admissions admissions) implements Entrance {
    @Override
    public Entered enter(HttpServletRequest request) {
        PresentedKey presented = PresentedKey.of(request);
        if (presented == null) throw new Refused(Refusal.KEY_INVALID, "You did not show an API key.");
        return new Entered(admissions.admit(presented, request.getRemoteAddr()), presented.channel());
    }
}
