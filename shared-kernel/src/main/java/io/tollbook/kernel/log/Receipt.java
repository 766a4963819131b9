package io.tollbook.kernel.log;

import io.tollbook.kernel.account.Quota;
import java.util.List;

/**
 * What a charge is made of, read from the stored events themselves.
 *
 * @param held what had been set aside for the call
 * @param burned which lots paid, in that order; with {@code overdraft} they sum to {@code charged}
 * @param available the balance after it
 * @param document all of it as a JSON object, with everything that is needed to work the charge out again
 */
public record Receipt(
        long position,
        Quota held,
        Quota charged,
        List<PaidFrom> burned,
        Quota overdraft,
        Quota available,
        String document) {
    public Receipt {
        burned = List.copyOf(burned);
    }
}
