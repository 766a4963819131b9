package io.tollbook.command.site;

import io.tollbook.command.access.GrowingDelay;
import io.tollbook.command.pricing.SeedPrices;
import io.tollbook.command.token.Keys;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.site.SetUp;
import io.tollbook.kernel.site.SetupWizard;
import io.tollbook.kernel.site.SiteState;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The wizard's work. Callers from elsewhere than this machine show the code that was printed at start. */
@Component
final class FirstSetUp implements SetupWizard {
    private static final Logger log = LoggerFactory.getLogger(FirstSetUp.class);
    private static final Quota OPENING_GRANT = Quota.of(100_000_000);
    private static final int FREE_WRONG_CODES = 5;
    private static final int CODE_BYTES = 8;

    private final Messages messages;
    private final Sessions sessions;
    private final Ids ids;
    private final ReentrantLock once = new ReentrantLock();
    private final String code;
    private final GrowingDelay wrongCodes;
    private final Clock clock;

    @Autowired
    FirstSetUp(Messages messages, Sessions sessions, Ids ids) {
        this(messages, sessions, ids, Clock.systemUTC());
    }

    FirstSetUp(Messages messages, Sessions sessions, Ids ids, Clock clock) {
        this.messages = messages;
        this.sessions = sessions;
        this.ids = ids;
        this.clock = clock;
        wrongCodes = new GrowingDelay(FREE_WRONG_CODES, Duration.ofMinutes(1), clock);
        byte[] random = new byte[CODE_BYTES];
        new SecureRandom().nextBytes(random);
        code = HexFormat.of().formatHex(random);
    }

    @EventListener(ApplicationReadyEvent.class)
    void tellCode() {
        if (!messages.ask(new SiteStateNow(), Actor.SYSTEM).setUp())
            log.info("Not set up yet. From another machine the wizard asks for this one-time code: {}", code);
    }

    String code() {
        return code;
    }

    @Override
    public boolean needsCode(String address) {
        try {
            return !InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return true; // A name, or nothing: not known to be this machine.
        }
    }

    /**
     * Root comes last but for the options, which say that the site is set up: whatever ends this half-way, it can be done
     * again, and what is there already is left as it is.
     */
    @Override
    public Session setUp(SetUp answers, Actor caller) {
        once.lock();
        try {
            SiteState state = messages.ask(new SiteStateNow(), Actor.SYSTEM);
            if (state.setUp()) throw new Refused(Refusal.ALREADY_SET_UP);
            checkCode(answers, caller.address());
            Instant now = clock.instant();
            RegisterUser root = state.rootExists() ? null : root(answers, now);
            if (messages.ask(new PricesInForce(), Actor.SYSTEM).isEmpty())
                messages.send(
                        new PublishPrices(PriceSchedule.NONE, SeedPrices.document(), "first prices", now),
                        Actor.SYSTEM);
            if (answers.demoProvider() && !hasDemoChannel()) addDemoChannel(now);
            if (root != null) {
                messages.send(root, Actor.SYSTEM);
                if (answers.demoProvider()) addFirstKey(root.user(), now);
            }
            Session session =
                    sessions.signIn(new SignIn(answers.username(), answers.password(), caller.address(), null));
            if (session.user().role() != Role.ROOT) throw new Refused(Refusal.WRONG_CREDENTIALS);
            messages.send(
                    new ChangeOptions(
                            Map.of(
                                    Option.SELF_USE_MODE.key(), Boolean.toString(answers.selfUseMode()),
                                    Option.DEMO_SITE.key(), Boolean.toString(answers.demoSite())),
                            now),
                    Actor.SYSTEM);
            return session;
        } finally {
            once.unlock();
        }
    }

    private RegisterUser root(SetUp answers, Instant now) {
        return new RegisterUser(
                new UserId(ids.next(Ids.Kind.USER)),
                answers.username(),
                answers.username(),
                Role.ROOT,
                "default",
                sessions.hash(answers.password()),
                OPENING_GRANT,
                now);
    }

    private void checkCode(SetUp answers, @Nullable String address) {
        String from = address == null ? "" : address;
        if (!needsCode(from)) return;
        String shown = answers.code() == null ? "" : answers.code().strip();
        if (isSame(shown)) return;
        wrongCodes.enter(from);
        throw new Refused(Refusal.SETUP_CODE_WRONG);
    }

    /** Takes as long for a code that is nearly right as for one that is not right at all. */
    private boolean isSame(String shown) {
        return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    private boolean hasDemoChannel() {
        Channels demo = Channels.byId(ChannelFilter.ALL.withType(ChannelType.DEMO.number()), Paging.first(1));
        return messages.ask(demo, Actor.SYSTEM).total() > 0;
    }

    private void addDemoChannel(Instant now) {
        ChannelTerms terms = new ChannelTerms(
                ChannelType.DEMO.number(),
                "Demo provider",
                "",
                List.of("demo-fast", "demo-thinking", "demo-image"),
                List.of("default"),
                0,
                1,
                false,
                "",
                "Built in; answers without a key.",
                "demo-fast",
                Map.of(),
                Map.of());
        messages.send(
                new CreateChannel(new ChannelId(ids.next(Ids.Kind.CHANNEL)), terms, new Secret(""), now), Actor.SYSTEM);
    }

    private void addFirstKey(UserId root, Instant now) {
        messages.send(
                new CreateToken(
                        new TokenId(ids.next(Ids.Kind.TOKEN)),
                        root,
                        Keys.next(),
                        new TokenTerms("first key", null, null, false, List.of(), List.of(), "", false),
                        now),
                Actor.SYSTEM);
    }
}
