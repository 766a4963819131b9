package io.tollbook.command.account;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.HoldId;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the last holds ended, so that a repeated settlement or release gets the first one's answer. */
final class EndedHolds {
    /** 7 KB. */
    private static final int MOST = 64;

    enum Ending {
        SETTLED,
        RELEASED
    }

    private final Map<String, Ending> endings = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ending> eldest) {
            return size() > MOST;
        }
    };

    void add(HoldId hold, Ending ending) {
        endings.put(hold.value(), ending);
    }

    boolean contain(HoldId hold) {
        return endings.containsKey(hold.value());
    }

    /** Passes if the hold has ended in this way already. */
    void checkRepeated(HoldId hold, Ending wanted) {
        Ending ending = endings.get(hold.value());
        if (ending == null) throw new Refused(Refusal.HOLD_UNKNOWN);
        if (ending != wanted) throw new Refused(Refusal.HOLD_RESOLVED);
    }
}
