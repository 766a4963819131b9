package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelUpstream;
import io.tollbook.kernel.channel.ChannelUpstreams;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.ModelDifference;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.channel.RecordChannelBalance;
import io.tollbook.kernel.channel.RecordChannelModels;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Balances and models of providers, as administrators ask for them. */
class ProviderEndpointsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final ChannelId ID = new ChannelId(5);

    private ChannelTerms terms = terms(List.of("a", "b"), Map.of("b", "b-upstream"), "{\"disable_store\":true}");
    private ChannelStatus status = ChannelStatus.ENABLED;
    private ModelDifference found = ModelDifference.NONE;
    private List<String> offered = List.of();
    private BigDecimal balance = new BigDecimal("12.50");
    private final Map<String, String> options = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private final ProviderAccounts accounts = new ProviderAccounts() {
        @Override
        public ChannelBalance balance(ChannelId channel) {
            if (balance.signum() == 0) throw new Refused(Refusal.PROVIDER_FAILED, "401: no");
            return new ChannelBalance(balance, "USD");
        }

        @Override
        public List<String> models(ChannelId channel) {
            return offered;
        }

        @Override
        public List<String> models(int type, String baseUrl, Secret key) {
            asked.add(type + " " + baseUrl + " " + key.reveal());
            return offered;
        }
    };
    private final RecordedMessages messages = new RecordedMessages()
            .answer(
                    ChannelById.class,
                    query -> query.channel().equals(ID)
                            ? Optional.of(new ChannelSummary(
                                    ID,
                                    terms,
                                    status,
                                    "",
                                    null,
                                    KeyCounts.ONE,
                                    Quota.ZERO,
                                    Instant.EPOCH,
                                    null,
                                    false,
                                    0,
                                    ""))
                            : Optional.empty())
            .answer(Options.class, query -> options)
            .answer(
                    Routes.class,
                    query -> List.of(new Route(ID, terms, status, new Sealed("channel-5", ""), List.of(), List.of())))
            .answer(ChannelUpstreams.class, query -> List.of(new ChannelUpstream(ID, null, null, found, NOW)));
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Gap gap = new Gap(Duration.ZERO);
    private final ChannelBalances balances = new ChannelBalances(messages, accounts, clock, gap);
    private final ModelUpdates updates = new ModelUpdates(messages, accounts, clock, gap);
    private final Api api = new Api(new ProviderEndpoints(messages, accounts, balances, updates));

    @BeforeEach
    void asAdministrator() {
        as(Role.ADMIN);
        messages.handle((command, actor) -> {
            if (command instanceof ChangeChannel change) terms = change.terms();
            return null;
        });
    }

    private void as(Role role) {
        api.as(Actor.user(new UserId(2), role, "session", null));
    }

    private static ChannelTerms terms(List<String> models, Map<String, String> mapping, String settings) {
        return new ChannelTerms(
                8,
                "one",
                "https://good.example",
                models,
                List.of("default"),
                0,
                0,
                true,
                "",
                "",
                "",
                mapping,
                Map.of("settings", settings));
    }

    @Test
    void aBalanceIsRecordedAndShownExactly() {
        var answer = api.get("/api/channel/update_balance/5").succeeds();
        assertThat(answer.body().path("balance").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(messages.commands())
                .containsExactly(new RecordChannelBalance(ID, new ChannelBalance(new BigDecimal("12.5"), "USD"), NOW));

        balance = BigDecimal.ZERO;
        api.get("/api/channel/update_balance/5").fails(200, "401: no");
        api.get("/api/channel/update_balance/6").fails(200, "no such channel");
        assertThat(messages.commands()).hasSize(1);
    }

    @Test
    void anAccountThatIsUsedUpGoesOutOfRoutingWhereThatIsWanted() throws Exception {
        balance = new BigDecimal("-0.01");
        assertThat(balances.run(numbers -> {})).containsEntry("told", 1L).containsEntry("disabled", 0L);
        options.put(Option.DISABLES_AUTOMATICALLY.key(), "true");
        assertThat(balances.run(numbers -> {})).containsEntry("disabled", 1L);
        assertThat(messages.commands())
                .last()
                .isEqualTo(new DisableChannel(ID, true, "The account at the provider is used up."));

        balance = BigDecimal.ZERO;
        assertThat(balances.run(numbers -> {})).containsEntry("processed", 1L).containsEntry("told", 0L);
        status = ChannelStatus.DISABLED_BY_HAND;
        assertThat(balances.run(numbers -> {})).containsEntry("total", 0L).containsEntry("progress", 100L);
    }

    @Test
    void namesTheModelsOfAChannelAndOfAnAccountThatIsNone() {
        offered = List.of("a", "c");
        assertThat(api.get("/api/channel/fetch_models/5").succeeds().data().toString())
                .isEqualTo("[\"a\",\"c\"]");

        String account = "{\"base_url\":\"https://good.example\",\"type\":1,\"key\":\" sk-1\\nsk-2\"}";
        api.post("/api/channel/fetch_models", account).fails(200, "may not");
        as(Role.ROOT);
        api.post("/api/channel/fetch_models", account).succeeds();
        api.post("/api/channel/fetch_models", "{\"type\":1}").fails(200, "key is missing");
        api.post("/api/channel/fetch_models", "{\"key\":\"k\"}").fails(200, "type is missing");
        api.post("/api/channel/fetch_models", "{\"type\":1,\"key\":\"a b\"}").fails(200, "a space");
        assertThat(asked).containsExactly("1 https://good.example sk-1");
    }

    @Test
    void comparesWithWhatTheProviderHas() {
        offered = List.of("b-upstream", "c", "d");
        var data = api.post("/api/channel/upstream_updates/detect", "{\"id\":5}")
                .succeeds()
                .data();

        assertThat(data.path("add_models").toString()).isEqualTo("[\"c\",\"d\"]");
        assertThat(data.path("remove_models").toString()).isEqualTo("[\"a\"]");
        assertThat(data.path("channel_name").asString()).isEqualTo("one");
        assertThat(data.path("auto_added_models").asInt()).isZero();
        assertThat(messages.commands())
                .containsExactly(new RecordChannelModels(ID, List.of("c", "d"), List.of("a"), NOW));
    }

    @Test
    void takesInAtOnceWhereTheChannelWantsIt() {
        terms = terms(
                List.of("a"),
                Map.of(),
                "{\"upstream_model_update_auto_sync_enabled\":true,\"upstream_model_update_ignored_models\":[\"regex:^d\"]}");
        offered = List.of("c", "d1", "d2");
        var data = api.post("/api/channel/upstream_updates/detect", "{\"id\":5}")
                .succeeds()
                .data();

        assertThat(data.path("auto_added_models").asInt()).isEqualTo(1);
        assertThat(terms.models()).containsExactly("a", "c");
        assertThat(messages.commands()).last().isEqualTo(new RecordChannelModels(ID, List.of(), List.of("a"), NOW));
    }

    @Test
    void takesOverWhatIsChosenAndHearsNoMoreOfTheRest() {
        found = new ModelDifference(List.of("c", "d", "e1"), List.of("a"));
        var data = api.post(
                        "/api/channel/upstream_updates/apply",
                        "{\"id\":5,\"add_models\":[\"c\"],\"remove_models\":[\"a\",\"zz\"],\"ignore_models\":[\"regex:^e\"]}")
                .succeeds()
                .data();

        assertThat(data.path("added_models").toString()).isEqualTo("[\"c\"]");
        assertThat(data.path("removed_models").toString()).isEqualTo("[\"a\"]");
        assertThat(data.path("remaining_models").toString()).isEqualTo("[\"d\"]");
        assertThat(data.path("remaining_remove_models").size()).isZero();
        assertThat(data.path("models").asString()).isEqualTo("b,c");
        assertThat(terms.models()).containsExactly("b", "c");
        assertThat(terms.extra().get("settings"))
                .contains("\"disable_store\":true")
                .contains("\"upstream_model_update_ignored_models\":[\"regex:^e\"]");
        assertThat(messages.commands()).last().isEqualTo(new RecordChannelModels(ID, List.of("d"), List.of(), NOW));
    }

    @Test
    void refusesWhatCannotBeAndChangesNothing() {
        String path = "/api/channel/upstream_updates/apply";
        api.post(path, "{}").fails(200, "id must be");
        api.post(path, "{\"id\":6}").fails(200, "no such channel");
        api.post(path, "{\"id\":5,\"ignore_models\":[\"regex:[\"]}").fails(200, "regex:[ is no pattern");
        api.post(path, "{\"id\":5,\"add_models\":[\"\"]}").fails(200, "add_models has a name that is empty");
        api.post(path, "{\"id\":5,\"remove_models\":[\"a\",\"b\"]}").fails(200, "at least one model");
        assertThat(messages.commands()).isEmpty();
    }

    @Test
    void takesOverEverythingThatWasFound() {
        found = new ModelDifference(List.of("c"), List.of("a"));
        var data = api.post("/api/channel/upstream_updates/apply_all", "{}")
                .succeeds()
                .data();
        assertThat(data.path("processed_channels").asInt()).isEqualTo(1);
        assertThat(data.path("added_models").asInt()).isEqualTo(1);
        assertThat(data.path("removed_models").asInt()).isEqualTo(1);
        assertThat(terms.models()).containsExactly("b", "c");

        found = new ModelDifference(List.of(), List.of("b", "c"));
        data = api.post("/api/channel/upstream_updates/apply_all", "{}")
                .succeeds()
                .data();
        assertThat(data.path("failed_channel_ids").toString()).isEqualTo("[5]");
    }

    @Test
    void roundsTakeWhoWantsTo() throws Exception {
        offered = List.of("a", "b", "c");
        assertThat(updates.isWanted()).isFalse();
        assertThat(updates.run(numbers -> {})).containsEntry("checked_channels", 0L);

        terms = terms(List.of("a", "b"), Map.of(), "{\"upstream_model_update_check_enabled\":true}");
        assertThat(updates.isWanted()).isTrue();
        assertThat(updates.run(numbers -> {}))
                .containsEntry("checked_channels", 1L)
                .containsEntry("changed_channels", 1L)
                .containsEntry("detected_add_models", 1L);
        status = ChannelStatus.DISABLED_BY_HAND;
        assertThat(updates.isWanted()).isFalse();
    }

    @Test
    void othersAskNothing() {
        for (Role role : new Role[] {Role.USER, Role.AUDITOR}) {
            as(role);
            api.get("/api/channel/update_balance/5").fails(200, "may not");
            api.get("/api/channel/fetch_models/5").fails(200, "may not");
            api.post("/api/channel/fetch_models", "{}").fails(200, "may not");
            api.post("/api/channel/upstream_updates/detect", "{\"id\":5}").fails(200, "may not");
            api.post("/api/channel/upstream_updates/apply", "{\"id\":5}").fails(200, "may not");
            api.post("/api/channel/upstream_updates/apply_all", "{}").fails(200, "may not");
        }
        assertThat(messages.sent()).isEmpty();
    }
}
