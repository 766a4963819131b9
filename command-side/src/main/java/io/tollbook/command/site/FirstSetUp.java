package io.tollbook.command.site;

import io.tollbook.command.pricing.SeedPrices;
import io.tollbook.command.token.Keys;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.ChangeOptions;
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
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The wizard's work. Callers from elsewhere than this machine show the code that was printed at start. */
@Component
final class FirstSetUp implements SetupWizard {
    private static final Logger log = LoggerFactory.getLogger(FirstSetUp.class);
    private static final Quota OPENING_GRANT = Quota.of(100_000_000);
    private static final int WRONG_CODES_MAX = 10;

    private final Messages messages;
    private final Sessions sessions;
    private final Ids ids;
    private final ReentrantLock once = new ReentrantLock();
    private final String code;
    private final AtomicInteger wrongCodes = new AtomicInteger();

    FirstSetUp(Messages messages, Sessions sessions, Ids ids) {
        this.messages = messages;
        this.sessions = sessions;
        this.ids = ids;
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        code = HexFormat.of().formatHex(random);
    }

    @EventListener(ApplicationReadyEvent.class)
    void tellCode() {
        if (!messages.ask(new SiteStateNow(), Actor.SYSTEM).setUp())
            log.info("Not set up yet. From another machine the wizard asks for this one-time code: {}", code);
    }

    @Override
    public boolean needsCode(String address) {
        try {
            return !InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    @Override
    public Session setUp(SetUp answers, Actor caller) {
        once.lock();
        try {
            SiteState state = messages.ask(new SiteStateNow(), Actor.SYSTEM);
            if (state.setUp()) throw new Refused(Refusal.ALREADY_SET_UP);
            checkCode(answers, caller);
            if (state.rootExists()) throw new Refused(Refusal.ALREADY_SET_UP);
            Instant now = Instant.now();
            Secret hash = sessions.hash(answers.password());
            if (messages.ask(new PricesInForce(), Actor.SYSTEM).isEmpty())
                messages.send(new PublishPrices(0, SeedPrices.document(), "seed prices", now), Actor.SYSTEM);
            UserId root = new UserId(ids.next(Ids.Kind.USER));
            if (answers.demoProvider()) addDemoChannel(now);
            messages.send(
                    new RegisterUser(
                            root,
                            answers.username(),
                            answers.username(),
                            Role.ROOT,
                            "default",
                            hash,
                            OPENING_GRANT,
                            now),
                    Actor.SYSTEM);
            if (answers.demoProvider()) addFirstKey(root, now);
            messages.send(
                    new ChangeOptions(
                            Map.of(
                                    "SelfUseModeEnabled", Boolean.toString(answers.selfUseMode()),
                                    "DemoSiteEnabled", Boolean.toString(answers.demoSite())),
                            now),
                    Actor.SYSTEM);
            return sessions.signIn(new SignIn(answers.username(), answers.password(), caller.address(), null));
        } finally {
            once.unlock();
        }
    }

    private void checkCode(SetUp answers, Actor caller) {
        if (!needsCode(caller.address() == null ? "" : caller.address())) return;
        if (wrongCodes.get() >= WRONG_CODES_MAX) throw new Refused(Refusal.TOO_MANY_REQUESTS);
        if (code.equals(answers.code())) return;
        wrongCodes.incrementAndGet();
        throw new Refused(Refusal.SETUP_CODE_WRONG);
    }

    private void addDemoChannel(Instant now) {
        ChannelTerms terms = new ChannelTerms(
                ChannelType.DEMO.number(),
                "Demo provider",
                "",
                List.of("demo-fast", "demo-thinking"),
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
