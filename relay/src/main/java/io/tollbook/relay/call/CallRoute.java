package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.user.Role;
import io.tollbook.relay.affinity.Affinities;
import io.tollbook.relay.affinity.CallView;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.routing.Tried;
import io.tollbook.relay.routing.Wanted;
import io.tollbook.relay.selection.Choice;
import io.tollbook.relay.selection.Router;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of one call from attempt to attempt: to a channel that is named, to the one it belongs to, or to one by weight. */
final class CallRoute {
    private final PaidCall call;
    private final Router router;
    /** What is wanted in each group that may serve it, in the order in which they are tried. */
    private final List<Wanted> wanted;

    /** Which of them serves it. */
    private int at;
    /** With how many attempts this group's turn began. */
    private int attemptsBefore;

    private final String model;
    private final long pinned;
    private final Tried tried = new Tried();
    /** With the calls that belong to it; null if there are none such. */
    private final Affinities.@Nullable Bond bond;

    private final boolean isAtHome;
    private final Choice first;

    /**
     * @param pinned the channel that an administrator's key names; 0 for none
     * @throws Refused NOT_FOUND for a model that nobody has, NO_CHANNEL if nobody can serve it now
     */
    CallRoute(PaidCall call, Admission by, List<String> groups, long pinned) {
        this.call = call;
        wanted = groups.stream()
                .map(group -> new Wanted(
                        group,
                        call.asked().model(),
                        call.dialect.vendor(),
                        call.asked().ownDialect()))
                .toList();
        this.pinned = pinned;
        router = call.calls.router;
        model = call.asked().model();
        if (pinned != 0) {
            bond = null;
            isAtHome = false;
            first = named(by);
            return;
        }
        bond = call.calls.affinities.of(new CallView(call.request, call.asked(), by, groups.getFirst()));
        Optional<Choice> home =
                bond == null ? Optional.empty() : bond.place().flatMap(place -> router.at(place, wanted()));
        if (bond != null && home.isEmpty()) bond.broken();
        isAtHome = home.isPresent();
        first = home.or(this::inAnyGroup).orElseThrow(this::nobody);
    }

    private Wanted wanted() {
        return wanted.get(at);
    }

    /** In this group, or else in one that comes after it. */
    private Optional<Choice> inAnyGroup() {
        while (true) {
            Optional<Choice> choice = router.choose(wanted(), tried);
            if (choice.isPresent() || !nextGroup()) return choice;
        }
    }

    private boolean nextGroup() {
        if (at + 1 == wanted.size()) return false;
        at++;
        attemptsBefore = call.attempts.size();
        call.serveIn(wanted().group());
        return true;
    }

    private Choice named(Admission by) {
        if (by.role().compareTo(Role.ADMIN) < 0)
            throw new Refused(Refusal.NOT_PERMITTED, "Only an administrator's key may name a channel.");
        Target target = router.table()
                .channel(new ChannelId(pinned))
                .orElseThrow(() -> Refused.invalid("There is no channel " + pinned + "."));
        if (!target.enabled()) throw new Refused(Refusal.NOT_PERMITTED, "The channel " + pinned + " is disabled.");
        return router.pinned(target, model, tried)
                .orElseThrow(() -> new Unavailable("No key of the channel " + pinned + " can be used now.", 503, 1));
    }

    private Refused nobody() {
        if (!router.table().serving(wanted()).isEmpty()) return busy();
        return router.table().knows(model)
                ? new Refused(Refusal.NO_CHANNEL, "No channel can serve the model " + model + " at the moment.")
                : new Refused(Refusal.NOT_FOUND, "The model " + model + " does not exist.");
    }

    private Unavailable busy() {
        return new Unavailable(
                "Everybody who serves the model " + model + " is busy.",
                router.isBusy(wanted()) ? 429 : 503,
                router.retryAfterSeconds(wanted()));
    }

    Target first() {
        return first.target();
    }

    /**
     * Goes from attempt to attempt until one has settled the call.
     *
     * @return null then, else how the last one failed
     * @throws Refused NO_CHANNEL if nobody had a place left for it
     */
    @Nullable
    Failed go() throws IOException {
        Failed failed = null;
        for (Optional<Choice> next = Optional.of(first); next.isPresent(); next = next(failed)) {
            Choice choice = next.get();
            CallAttempt attempt = new CallAttempt(call, choice, () -> {
                if (bond != null) bond.answered(choice.place());
            });
            if (!choice.begin()) {
                // Somebody else took the last place meanwhile: the call was never there.
                tried.key(choice.key().print());
                continue;
            }
            failed = attempt.run();
            if (failed == null) return null;
            call.lastFailure = failed.failure();
            if (attempt.fault().isOfKey()) tried.key(choice.key().print());
            else tried.channel(choice.target().channel());
        }
        if (failed == null) throw busy();
        return failed;
    }

    private Optional<Choice> next(@Nullable Failed failed) {
        if (failed != null) {
            if (!failed.mayRetry() || pinned != 0 || isAtHome && bond != null && bond.staysOnFailure())
                return Optional.empty();
            boolean isSpent = call.attempts.size() - attemptsBefore > call.calls.options.retries();
            if (isSpent && !nextGroup()) return Optional.empty();
        }
        return pinned == 0
                ? inAnyGroup()
                : router.table().channel(new ChannelId(pinned)).flatMap(target -> router.pinned(target, model, tried));
    }
}
