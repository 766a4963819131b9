package io.tollbook.command.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.AbsentSessions;
import io.tollbook.command.ChangingClock;
import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.command.pricing.SeedPrices;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.site.SetUp;
import io.tollbook.kernel.site.SiteState;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

class FirstSetUpTest {
    private static final Actor HERE = Actor.guest("127.0.0.1");
    private static final Actor ELSEWHERE = Actor.guest("203.0.113.7");

    private final ChangingClock clock = new ChangingClock();
    /** The read models, as far as the wizard asks them: what was sent is what is there. */
    private final RecordedMessages messages = new RecordedMessages();

    private final Sessions sessions = new AbsentSessions() {
        @Override
        public Session signIn(SignIn wish) {
            UserProfile user = registered()
                    .filter(root -> root.username().equals(wish.username()))
                    .map(root -> new UserProfile(
                            root.user(),
                            root.username(),
                            root.displayName(),
                            root.role(),
                            UserStatus.ENABLED,
                            "default",
                            "",
                            Instant.EPOCH,
                            null))
                    .orElseThrow(() -> new Refused(Refusal.WRONG_CREDENTIALS));
            return new Session(new Secret("the-token"), user);
        }

        @Override
        public Secret hash(Secret password) {
            io.tollbook.kernel.user.Usernames.checkPassword(password.reveal());
            return new Secret("hash");
        }
    };

    private final AtomicLong ids = new AtomicLong();
    private final FirstSetUp wizard = new FirstSetUp(messages, sessions, kind -> ids.incrementAndGet(), clock);

    FirstSetUpTest() {
        messages.answer(
                        SiteStateNow.class,
                        query -> new SiteState(
                                registered().isPresent()
                                        && !sent(ChangeOptions.class).isEmpty(),
                                registered().isPresent()))
                .answer(
                        PricesInForce.class,
                        query -> sent(PublishPrices.class).stream()
                                .findFirst()
                                .map(prices -> new PriceVersion(1, prices.document(), "", "", Instant.EPOCH)))
                .answer(
                        Channels.class,
                        query -> new Page<ChannelSummary>(
                                List.of(), sent(CreateChannel.class).size()));
    }

    private Optional<RegisterUser> registered() {
        return sent(RegisterUser.class).stream().findFirst();
    }

    private <C extends Command<?>> List<C> sent(Class<C> type) {
        return messages.commands().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static SetUp answers(boolean demo, @Nullable String code) {
        return new SetUp("root", new Secret("correct horse"), true, false, demo, code);
    }

    private void refused(Refusal refusal, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
    }

    @Test
    void makesPricesRootAndModeAndSignsRootIn() {
        Session session = wizard.setUp(answers(false, null), HERE);

        assertThat(session.user().role()).isEqualTo(Role.ROOT);
        assertThat(messages.commands()).extracting(Object::getClass).<Class<?>>containsExactly(new Class<?>[] {
            PublishPrices.class, RegisterUser.class, ChangeOptions.class
        });
        RegisterUser root = registered().orElseThrow();
        assertThat(root.role()).isEqualTo(Role.ROOT);
        assertThat(root.openingGrant()).isEqualTo(Quota.of(100_000_000));
        assertThat(sent(PublishPrices.class).getFirst().document()).isEqualTo(SeedPrices.document());
        assertThat(sent(ChangeOptions.class).getFirst().values())
                .isEqualTo(Map.of("SelfUseModeEnabled", "true", "DemoSiteEnabled", "false"));
    }

    @Test
    void addsTheDemoProviderAndAFirstKey() {
        wizard.setUp(answers(true, null), HERE);

        CreateChannel channel = sent(CreateChannel.class).getFirst();
        assertThat(channel.terms().type()).isEqualTo(1_000);
        assertThat(channel.terms().models()).containsExactly("demo-fast", "demo-thinking", "demo-image");
        assertThat(channel.terms().groups()).containsExactly("default");
        CreateToken key = sent(CreateToken.class).getFirst();
        assertThat(key.terms().name()).isEqualTo("first key");
        assertThat(key.terms().remaining()).isNull();
        assertThat(key.owner()).isEqualTo(registered().orElseThrow().user());
    }

    @Test
    void happensOnce() {
        wizard.setUp(answers(true, null), HERE);
        int before = messages.sent().size();

        refused(Refusal.ALREADY_SET_UP, () -> wizard.setUp(answers(true, null), HERE));
        assertThat(messages.sent()).hasSize(before);
    }

    @Test
    void happensOnceForTwentyAtOnce() throws Exception {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++)
            callers.add(() -> {
                try {
                    wizard.setUp(answers(true, null), HERE);
                    return true;
                } catch (Refused refused) {
                    assertThat(refused.refusal()).isEqualTo(Refusal.ALREADY_SET_UP);
                    return false;
                }
            });
        int done = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(callers)) if (answer.get()) done++;
        }
        assertThat(done).isEqualTo(1);
        assertThat(sent(RegisterUser.class)).hasSize(1);
    }

    @Test
    void badAnswersLeaveNothingBehind() {
        for (SetUp bad : List.of(
                new SetUp(" ", new Secret("correct horse"), false, false, true, null),
                new SetUp("root", new Secret("short"), false, false, true, null)))
            refused(Refusal.INVALID, () -> wizard.setUp(bad, HERE));
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void whatEndedHalfWayIsDoneAgainWithoutDoubles() {
        messages.handle((command, actor) -> {
            if (command instanceof ChangeOptions) throw new Refused(Refusal.LEDGER_UNAVAILABLE);
            return null;
        });
        refused(Refusal.LEDGER_UNAVAILABLE, () -> wizard.setUp(answers(true, null), HERE));
        messages.handle((command, actor) -> null);

        assertThat(wizard.setUp(answers(true, null), HERE).user().role()).isEqualTo(Role.ROOT);
        assertThat(messages.commands()).hasSize(5);
        assertThat(sent(CreateChannel.class)).hasSize(1);
    }

    @Test
    void whatEndedHalfWayIsFinishedByRootAlone() {
        messages.handle((command, actor) -> {
            if (command instanceof ChangeOptions) throw new Refused(Refusal.LEDGER_UNAVAILABLE);
            return null;
        });
        refused(Refusal.LEDGER_UNAVAILABLE, () -> wizard.setUp(answers(false, null), HERE));
        messages.handle((command, actor) -> null);

        SetUp somebody = new SetUp("eve", new Secret("correct horse"), true, false, false, null);
        refused(Refusal.WRONG_CREDENTIALS, () -> wizard.setUp(somebody, HERE));
        assertThat(sent(ChangeOptions.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "127.8.8.8, false",
        "::1, false",
        "::ffff:127.0.0.1, false",
        "'', true",
        "0.0.0.0, true",
        "localhost, true",
        "10.0.0.1, true",
        "203.0.113.7, true",
        "2001:db8::1, true",
    })
    void theCodeIsForThoseElsewhere(String address, boolean needed) {
        assertThat(wizard.needsCode(address)).isEqualTo(needed);
    }

    @Test
    void elsewhereNothingGoesWithoutTheCode() {
        refused(Refusal.SETUP_CODE_WRONG, () -> wizard.setUp(answers(false, null), ELSEWHERE));
        refused(Refusal.SETUP_CODE_WRONG, () -> wizard.setUp(answers(false, ""), Actor.guest(null)));
        refused(Refusal.SETUP_CODE_WRONG, () -> wizard.setUp(answers(false, wizard.code() + "0"), ELSEWHERE));
        assertThat(messages.sent()).isEmpty();

        wizard.setUp(answers(false, " " + wizard.code()), ELSEWHERE);
        assertThat(registered()).isPresent();
    }

    @Test
    void guessingTheCodeIsSlow() {
        for (int i = 0; i < 5; i++)
            refused(Refusal.SETUP_CODE_WRONG, () -> wizard.setUp(answers(false, "guess"), ELSEWHERE));
        refused(Refusal.TOO_MANY_REQUESTS, () -> wizard.setUp(answers(false, "guess"), ELSEWHERE));
        clock.pass(Duration.ofSeconds(1));
        refused(Refusal.SETUP_CODE_WRONG, () -> wizard.setUp(answers(false, "guess"), ELSEWHERE));
        wizard.setUp(answers(false, wizard.code()), ELSEWHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host"})
    void aProxyOnThisMachineDoesNotLendItsAddress(String header) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        assertThat(SetupEndpoints.isDirect(request)).isTrue();
        request.addHeader(header, "127.0.0.1");
        assertThat(SetupEndpoints.isDirect(request)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"localhost, true", "LOCALHOST, true", "127.0.0.1, true", "[::1], true", "evil.example, false"})
    void aForeignNameForThisMachineIsNotThisMachine(String host, boolean direct) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setServerName(host);
        assertThat(SetupEndpoints.isDirect(request)).isEqualTo(direct);
    }

    @Test
    void theEndpointSetsUpAndSetsTheCookie() {
        Api api = new Api(new SetupEndpoints(wizard));
        api.post("/api/setup", "{\"username\":\"root\"}").fails(200, "needs a username and a password");
        api.post("/api/setup", form("other password")).fails(200, "differ");
        api.post("/api/setup", "null").fails(400, "JSON");
        api.send(MockMvcRequestBuilders.post("/api/setup")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(form("correct horse"))
                        .header("X-Forwarded-For", "127.0.0.1"))
                .fails(200, "setup code");

        var answer = api.post("/api/setup", form("correct horse")).succeeds();
        assertThat(answer.response().getHeader("Set-Cookie")).startsWith("session=the-token");
        assertThat(sent(ChangeOptions.class).getFirst().values())
                .isEqualTo(Map.of("SelfUseModeEnabled", "false", "DemoSiteEnabled", "true"));
        api.post("/api/setup", form("correct horse")).fails(200, "already set up");
    }

    private static String form(String confirmation) {
        return "{\"username\":\"root\",\"password\":\"correct horse\",\"confirmPassword\":\"" + confirmation
                + "\",\"SelfUseModeEnabled\":false,\"DemoSiteEnabled\":true}";
    }
}
