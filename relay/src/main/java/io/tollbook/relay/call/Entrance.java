package io.tollbook.relay.call;

import io.tollbook.relay.admission.Admitted;
import jakarta.servlet.http.HttpServletRequest;

/** How a call comes in. Who pays for it is known before its body is read. */
interface Entrance {
    /**
     * @param channel the channel it asks for; 0 for none
     */
    record Entered(Admitted admitted, long channel) {}

    /** @param body in the client's dialect and nothing else */
    record Opened(Admitted admitted, byte[] body) {}

    /** @throws io.tollbook.kernel.Refused for the first rule that says no */
    Entered enter(HttpServletRequest request);

    /** Takes out of the body what is no part of the dialect, and lets the call in by that. */
    default Opened open(Admitted admitted, HttpServletRequest request, byte[] body) {
        return new Opened(admitted, body);
    }
}
