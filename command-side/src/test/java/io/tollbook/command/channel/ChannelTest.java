package io.tollbook.command.channel;

import static io.tollbook.kernel.Refusal.INVALID;
import static io.tollbook.kernel.Refusal.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.ReadableVault;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
    private static final ChannelId ID = new ChannelId(2);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Secret KEY = new Secret("sk-1");
    private static final Sealed SEALED = new Sealed("channel-2", "sealed sk-1");
    private static final int OPENAI = 1;
    private static final int CUSTOM = 8;
    private static final int DEEPSEEK = 43;
    private static final int DEMO = 1_000;

    private final AggregateTestFixture<Channel> channel = new AggregateTestFixture<>(Channel.class);

    ChannelTest() {
        channel.registerInjectableResource(new ReadableVault());
    }

    private static ChannelTerms terms(int type, String baseUrl) {
        return terms(type, baseUrl, List.of("gpt"), List.of("default"), 0, "", Map.of(), Map.of());
    }

    private static ChannelTerms terms(
            int type,
            String baseUrl,
            List<String> models,
            List<String> groups,
            long priority,
            String tag,
            Map<String, String> mapping,
            Map<String, String> extra) {
        return new ChannelTerms(type, "one", baseUrl, models, groups, priority, 0, true, tag, "", "", mapping, extra);
    }

    private static ChannelTerms extra(String field, String json) {
        return terms(OPENAI, "", List.of("gpt"), List.of("default"), 0, "", Map.of(), Map.of(field, json));
    }

    private static ChannelCreated created(ChannelTerms terms) {
        return new ChannelCreated(ID, terms, SEALED, NOW);
    }

    private static void refused(ResultValidator<Channel> result, Refusal refusal) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as " + refusal) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal;
            }
        });
    }

    private ResultValidator<Channel> create(ChannelTerms terms, String key) {
        return channel.givenNoPriorActivity().when(new CreateChannel(ID, terms, new Secret(key), NOW));
    }

    @Test
    void isCreatedWithItsKeySealed() {
        create(terms(OPENAI, ""), " sk-1\n").expectEvents(created(terms(OPENAI, "")));
    }

    @Test
    void needsAKeyUnlessItIsTheDemo() {
        refused(create(terms(OPENAI, ""), " "), INVALID);
        create(terms(DEMO, ""), "")
                .expectEvents(new ChannelCreated(ID, terms(DEMO, ""), new Sealed("channel-2", "sealed "), NOW));
    }

    @Test
    void takesSeveralKeysButNoControlCharacterAndNoBook() {
        create(terms(OPENAI, ""), "sk-1\nsk-2").expectSuccessfulHandlerExecution();
        refused(create(terms(OPENAI, ""), "sk-1\u0000"), INVALID);
        refused(create(terms(OPENAI, ""), "k".repeat(100_001)), INVALID);
    }

    @Test
    void refusesTermsBeyondTheirBounds() {
        List<String> one = List.of("x");
        List<ChannelTerms> bad = List.of(
                terms(OPENAI, "https://h/" + "p".repeat(500)),
                terms(OPENAI, "", names(2_001), one, 0, "", Map.of(), Map.of()),
                terms(OPENAI, "", one, names(101), 0, "", Map.of(), Map.of()),
                terms(OPENAI, "", one, List.of("g".repeat(65)), 0, "", Map.of(), Map.of()),
                terms(OPENAI, "", one, one, 1_000_000_001L, "", Map.of(), Map.of()),
                terms(OPENAI, "", one, one, -1_000_000_001L, "", Map.of(), Map.of()),
                terms(OPENAI, "", one, one, 0, "t".repeat(65), Map.of(), Map.of()),
                terms(OPENAI, "", one, one, 0, "a\nb", Map.of(), Map.of()),
                terms(OPENAI, "", one, one, 0, "", Map.of("a", "m".repeat(256)), Map.of()),
                extra("header_override", "{\"Authorization\":\"x\"}"),
                extra(
                        "param_override",
                        "{\"operations\":[{\"mode\":\"set_header\",\"path\":\"X-Api-Key\",\"value\":\"abc\"}]}"),
                extra("key", "\"sk-1\""),
                extra("setting", "{\"proxy\":\"socks5://ann:secret@proxy:1080\"}"),
                extra("setting", "\"" + "x".repeat(32_768) + "\""));
        for (ChannelTerms terms : bad) refused(create(terms, "sk-1"), INVALID);
    }

    @Test
    void keepsFurtherFields() {
        create(extra("setting", "{\"proxy\":\"socks5://proxy:1080\"}"), "sk-1").expectSuccessfulHandlerExecution();
    }

    private static List<String> names(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    @Test
    void changesItsTermsAndKeepsItsKey() {
        ChannelTerms after = terms(OPENAI, "https://api.openai.com/other");
        channel.given(created(terms(OPENAI, "")))
                .when(new ChangeChannel(ID, after, null))
                .expectEvents(new ChannelChanged(ID, after, null));
    }

    @Test
    void theSameTermsChangeNothing() {
        channel.given(created(terms(OPENAI, "")))
                .when(new ChangeChannel(ID, terms(OPENAI, ""), null))
                .expectNoEvents();
    }

    @ParameterizedTest
    @CsvSource({
        "8, https://evil.example",
        "8, http://good.example",
        "8, https://good.example:8443",
        "8, https://good.example.evil.example",
        "1, ''",
        "43, ''",
        "1000, ''",
    })
    void aKeyIsNotSentToAHostItWasNotGivenFor(int type, String baseUrl) {
        ChannelCreated before = created(terms(CUSTOM, "https://good.example"));
        refused(channel.given(before).when(new ChangeChannel(ID, terms(type, baseUrl), null)), INVALID);
        channel.given(before)
                .when(new ChangeChannel(ID, terms(type, baseUrl), KEY))
                .expectEvents(new ChannelChanged(ID, terms(type, baseUrl), SEALED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://GOOD.example", "https://good.example:443", "https://good.example/v2"})
    void theSameHostWrittenDifferentlyIsTheSame(String baseUrl) {
        channel.given(created(terms(CUSTOM, "https://good.example")))
                .when(new ChangeChannel(ID, terms(CUSTOM, baseUrl), null))
                .expectEvents(new ChannelChanged(ID, terms(CUSTOM, baseUrl), null));
    }

    @Test
    void aTypesOwnAddressCountsAsItsHost() {
        channel.given(created(terms(DEEPSEEK, "")))
                .when(new ChangeChannel(ID, terms(CUSTOM, "https://api.deepseek.com"), null))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void afterAChangeTheNewHostCounts() {
        refused(
                channel.given(
                                created(terms(CUSTOM, "https://good.example")),
                                new ChannelChanged(ID, terms(CUSTOM, "https://new.example"), SEALED))
                        .when(new ChangeChannel(ID, terms(CUSTOM, "https://good.example"), null)),
                INVALID);
    }

    @Test
    void aBlankKeyDoesNotReplaceOne() {
        refused(
                channel.given(created(terms(OPENAI, "")))
                        .when(new ChangeChannel(ID, terms(OPENAI, ""), new Secret(" "))),
                INVALID);
    }

    @Test
    void switchesOffAndOn() {
        ChannelCreated on = created(terms(OPENAI, ""));
        ChannelDisabled byHand = new ChannelDisabled(ID, false, "");
        ChannelDisabled byItself = new ChannelDisabled(ID, true, "401");
        channel.given(on).when(new DisableChannel(ID, true, "401")).expectEvents(byItself);
        channel.given(on, byItself).when(new DisableChannel(ID, true, "401")).expectNoEvents();
        channel.given(on, byItself).when(new DisableChannel(ID, false, "")).expectEvents(byHand);
        channel.given(on, byHand).when(new DisableChannel(ID, true, "401")).expectNoEvents();
        channel.given(on, byHand).when(new DisableChannel(ID, false, "")).expectNoEvents();
        channel.given(on).when(new EnableChannel(ID, NOW)).expectNoEvents();
        channel.given(on, byHand).when(new EnableChannel(ID, NOW)).expectEvents(new ChannelEnabled(ID));
        channel.given(on, byItself, new ChannelEnabled(ID))
                .when(new DisableChannel(ID, true, "401"))
                .expectEvents(byItself);
    }

    @Test
    void aLongReasonIsCut() {
        channel.given(created(terms(OPENAI, "")))
                .when(new DisableChannel(ID, true, "x".repeat(600)))
                .expectEvents(new ChannelDisabled(ID, true, "x".repeat(499) + "…"));
    }

    @Test
    void notesItsTests() {
        channel.given(created(terms(OPENAI, "")))
                .when(new RecordChannelTest(ID, "gpt", false, "refused", 12, NOW))
                .expectEvents(new ChannelTested(ID, "gpt", false, "refused", 12, NOW));
    }

    @Test
    void aDeletedChannelIsGone() {
        channel.given(created(terms(OPENAI, ""))).when(new DeleteChannel(ID)).expectEvents(new ChannelDeleted(ID));
        for (var command : List.of(
                new DeleteChannel(ID),
                new EnableChannel(ID, NOW),
                new DisableChannel(ID, false, ""),
                new ChangeChannel(ID, terms(OPENAI, ""), null),
                new RecordChannelTest(ID, "gpt", true, "", 1, NOW)))
            refused(
                    channel.given(created(terms(OPENAI, "")), new ChannelDeleted(ID))
                            .when(command),
                    NOT_FOUND);
    }

    @Test
    void knowsWhereAKeyGoes() {
        assertThat(Channel.origin(terms(OPENAI, ""))).isEqualTo("https://api.openai.com:443");
        assertThat(Channel.origin(terms(CUSTOM, "http://Host.example/x"))).isEqualTo("http://host.example:80");
        assertThat(Channel.origin(terms(DEMO, ""))).isEqualTo("DEMO");
    }
}
