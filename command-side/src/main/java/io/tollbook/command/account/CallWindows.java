package io.tollbook.command.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.limit.CallLimit;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.limit.CallScope;
import io.tollbook.kernel.limit.CountedCall;
import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.kernel.token.TokenId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account that limits count. Like its balance they follow from its events, so every node counts the same,
 * also after a restart; empty while no limit is on.
 *
 * @see "adr/0009"
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class CallWindows {
    /** More than a user may have keys; 0.6 MB for the few who come near it. Beyond it the oldest is forgotten. */
    private static final int WINDOWS_MAX = 1_024;

    private Map<String, CallWindow> windows = new LinkedHashMap<>();

    /** The first limit that one more call would break; null if it breaks none. */
    @Nullable
    LimitReached reached(HoldFunds hold, CallLimits limits) {
        for (CallLimit limit : limits.rates()) {
            CallWindow window = windows.get(name(limit.scope(), hold.token(), hold.model()));
            if (window == null) continue;
            CallWindow now = window.in(limits.windowMinutes(), limits.at());
            LimitReached reached = reached(hold, limits, limit, now, limit.calls(), false);
            if (reached == null) reached = reached(hold, limits, limit, now, limit.successes(), true);
            if (reached != null) return reached;
        }
        return null;
    }

    private static @Nullable LimitReached reached(
            HoldFunds hold, CallLimits limits, CallLimit limit, CallWindow window, int most, boolean successes) {
        if (most == 0) return null;
        int seconds = window.secondsUntilRoom(most, successes, limits.at());
        return seconds == 0
                ? null
                : LimitReached.rate(limit.scope(), hold.model(), most, successes, limits.windowMinutes(), seconds);
    }

    void begun(FundsHeld event) {
        CountedCall counted = event.counted();
        if (counted == null) return;
        for (CallScope scope : counted.scopes()) {
            String name = name(scope, event.token(), event.model());
            CallWindow window = windows.get(name);
            if (window == null) makeRoom(counted.at());
            CallWindow now = window == null
                    ? new CallWindow(counted.windowMinutes())
                    : window.in(counted.windowMinutes(), counted.at());
            now.begun(counted.at());
            windows.put(name, now);
        }
    }

    /** Its place among the good ones is free again. */
    void failed(Hold hold) {
        CountedCall counted = hold.counted();
        if (counted == null) return;
        for (CallScope scope : counted.scopes()) {
            CallWindow window = windows.get(name(scope, hold.token(), hold.model()));
            if (window != null) window.failed(counted.at());
        }
    }

    private void makeRoom(Instant at) {
        if (windows.size() < WINDOWS_MAX) return;
        windows.values().removeIf(window -> window.isOver(at));
        if (windows.size() >= WINDOWS_MAX)
            windows.remove(windows.keySet().iterator().next());
    }

    private static String name(CallScope scope, TokenId token, String model) {
        return switch (scope) {
            case USER -> "user";
            case TOKEN -> "token " + token.value();
            case MODEL -> "model " + model;
        };
    }
}
