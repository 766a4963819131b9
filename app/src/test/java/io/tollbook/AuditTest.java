package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.books.Audit;
import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Postgres;
import io.tollbook.bench.load.Call;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Requests;
import io.tollbook.bench.upstream.Receipts;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit of the proofs finds whatever is made false: in a read model, an event, a receipt, or what a client says. */
class AuditTest {
    private static final long MUCH = 1_000_000_000L;
    private static final List<Call> calls = new ArrayList<>();
    private static TestSite site;

    @BeforeAll
    static void call() throws Exception {
        site = new TestSite();
        site.provision.users("free", 1, MUCH).users("limited", 1, MUCH, MUCH);
        play("mock-gpt", 6);
        play("mock-500", 2);
        audit(TestSite.PRICES, site.provider.receipts()).awaitQuiet(Duration.ofSeconds(60));
    }

    private static void play(String model, int count) throws Exception {
        Requests requests = Requests.roundRobin(site.site().keys(), Requests.chat(model, false, false, 100, ""));
        LoadGenerator.run(Load.closed(site.base, requests, 2, Duration.ZERO, Duration.ofSeconds(60))
                .callsMax(count)
                .seenBy(calls::add));
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static Audit audit(Prices prices, Receipts receipts) {
        return new Audit(site.folder, site.site(), prices, receipts);
    }

    private static List<String> mismatches(List<Call> calls) throws Exception {
        return audit(TestSite.PRICES, site.provider.receipts()).compare(calls).mismatches();
    }

    @Test
    void findsNothingInTrueBooks() throws Exception {
        Audit.Findings findings =
                audit(TestSite.PRICES, site.provider.receipts()).compare(calls);

        assertThat(findings.mismatches()).isEmpty();
        assertThat(findings.counts())
                .containsEntry("calls", 8L)
                .containsEntry("settled", 6L)
                .containsEntry("released", 2L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            balance      | available | balance is
            balance      | used      | used is
            balance      | calls     | calls is
            balance      | held      | held by accounts is
            token_spend  | used      | used by the key is
            token_spend  | remaining | left of the key is
            token_spend  | held      | held by keys is
            hourly_usage | quota     | statistics' quota is
            hourly_usage | calls     | statistics' calls is
            hourly_usage | tokens    | statistics' tokens is
            channel_used | used      | used by the channels is
            usage_log    | quota     | instead of
            usage_log    | token     | , the event
            usage_log    | user_id   | somebody else was charged
            """)
    void findsAReadModelThatIsOneOff(String table, String column, String found) throws Exception {
        String change = "update views." + table + " set " + column + " = " + column + " %s 1";
        if (table.equals("usage_log")) change += " where kind = 2";

        finds(change.formatted("+"), change.formatted("-"), found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            request          | the events do not
            upstream_request | of which the provider knows nothing
            provenance       | , the event
            """)
    void findsALogThatNamesAnotherCall(String column, String found) throws Exception {
        finds(
                "update views.usage_log set " + column + " = " + column + " || 'x' where kind = 2",
                "update views.usage_log set " + column + " = left(" + column + ", -1) where kind = 2",
                found);
    }

    @Test
    void findsACallListedAsUnresolvedThatIsNot() throws Exception {
        finds(
                "insert into views.unresolved_call values ('h', 1, 1, 1, 'm', 1, now())",
                "delete from views.unresolved_call",
                "unresolved ones listed is 1 instead of 0");
        finds(
                "update views.usage_log set content = 'unresolved' where kind = 5",
                "update views.usage_log set content = 'other' where kind = 5",
                "as unresolved, the events say UPSTREAM_FAILED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account.usage-settled | charged         | does not balance
            account.usage-settled | charged         | the book's charges is
            account.usage-settled | held            | and resolved with
            account.usage-settled | upstreamRequest | , the event
            account.hold-released | amount          | and resolved with
            account.hold-released | hold            | was resolved without being open
            account.hold-released | hold            | holds stay open
            account.quota-granted | amount          | the book's grants is
            """)
    void findsAnEventThatWasChanged(String name, String field, String found) throws Exception {
        String change = "update events.event set payload = regexp_replace(payload, '(\"" + field
                + "\":\"?)%s', '\\1%s') where name = '" + name + "'";

        finds(change.formatted("", "1"), change.formatted("1", ""), found);
    }

    @Test
    void findsAnAnswerThatWasNeverCharged() throws Exception {
        String log = "update views.usage_log set upstream_request = upstream_request || '%s' where kind = 2";

        finds(
                log.formatted("x"),
                log.replace("upstream_request || '%s'", "left(upstream_request, -1)"),
                "whole answers");
    }

    @Test
    void findsAPriceThatIsOff() throws Exception {
        Prices other = new Prices(TestSite.PRICES.perToken(), TestSite.PRICES.perCall(), new BigDecimal("1.2"));

        assertThat(audit(other, site.provider.receipts()).compare(calls).mismatches())
                .anyMatch(line -> line.contains("instead of"));
    }

    @Test
    void findsChargesWithoutReceipts() throws Exception {
        assertThat(audit(TestSite.PRICES, Receipts.inMemory()).compare(calls).mismatches())
                .anyMatch(line -> line.contains("of which the provider knows nothing"));
    }

    @Test
    void findsWhatClientsSawOtherwise() throws Exception {
        assertThat(mismatches(calls.subList(0, calls.size() - 1))).contains("8 holds, but only 7 calls");
        findsCall(call -> with(call, 1 - call.key(), 200, call.id(), call.requestId()), "somebody else was charged");
        findsCall(call -> with(call, call.key(), 502, call.id(), call.requestId()), "a failed call was charged");
        findsCall(call -> with(call, call.key(), 200, "chatcmpl-other", call.requestId()), "got another answer");
        findsCall(call -> with(call, call.key(), 200, call.id(), "unknown"), "a served call was never charged");
        findsCall(call -> with(call, call.key(), 200, call.id(), null), "carries no request id");
        findsCall(
                call -> new Call(0, call.key(), 200, Call.Ending.CUT, null, "unknown", null, false, false, 0, 0, 0, 0),
                "an answer began without a hold");
    }

    private static void findsCall(UnaryOperator<Call> change, String found) throws Exception {
        List<Call> changed = new ArrayList<>(calls);
        changed.set(0, change.apply(changed.getFirst()));

        assertThat(mismatches(changed)).anyMatch(line -> line.contains(found));
    }

    private static Call with(Call call, int key, int status, String id, String requestId) {
        return new Call(
                call.ordinal(),
                key,
                status,
                call.ending(),
                id,
                requestId,
                null,
                false,
                false,
                0,
                0,
                0,
                call.endNanos());
    }

    private static void finds(String change, String undo, String found) throws Exception {
        run(change);
        List<String> mismatches;
        try {
            mismatches = mismatches(calls);
        } finally {
            run(undo);
        }
        assertThat(mismatches).anyMatch(line -> line.contains(found));
        assertThat(mismatches(calls)).isEmpty();
    }

    private static void run(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(Postgres.of(site.folder).jdbcUrl());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
        }
    }
}
