package io.tollbook.query.ledger;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.get;
import static io.tollbook.query.TestSystem.publishTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of the ledger, and what programs of others say of them. */
class LedgerExportTest {
    private final long id = TestSystem.number();
    private final AccountId account = new AccountId(id);
    private final String me = "USER " + id;

    @TempDir
    Path folder;

    @BeforeEach
    void someEvents() {
        publishTo(
                account.toString(),
                new AccountOpened(account, new UserId(id)),
                new QuotaGranted(
                        account,
                        new LotId("opening"),
                        LotClass.PAID,
                        Quota.of(5_000_000),
                        Quota.ZERO,
                        0,
                        null,
                        "=cmd|' /C calc'!A0 \"quoted\"; a | b",
                        Quota.of(5_000_000),
                        World.BORN,
                        new Money(10_000_000_000L, "USD")),
                held(id, 3, "call-" + id, 12_000, 4_988_000),
                settled(id, 3, "call-" + id, 12_000, 9_340, 4_990_660));
        publishTo(
                account.toString(),
                held(id, 3, "=cut-" + id, 7, 4_990_653),
                released(id, 3, "=cut-" + id, 7, ReleaseCause.NOT_SENT, "", 4_990_660),
                new QuotaDeducted(
                        account,
                        new LotId("taken"),
                        Quota.of(1),
                        List.of(new LotSlice(new LotId("opening"), Quota.of(1))),
                        Quota.of(4_990_659),
                        World.BORN));
    }

    private String export(String file, String more) {
        var answer = get("/api/ledger/export/" + file + "?account=" + id + more, me);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition")).isPresent();
        return answer.body();
    }

    @Test
    void beancountAgreesToTheLastNanoAndWithTheBalances() throws Exception {
        String journal = export("journal.beancount", "");
        assertThat(journal).contains("option \"inferred_tolerance_multiplier\" \"0\"");
        for (Map.Entry<String, String> balance : balances("").entrySet())
            assertThat(journal).contains(" balance " + balance.getKey() + "  " + balance.getValue());
        need("bean-check");
        assertThat(run("bean-check", journal)).isEmpty();
        assertThat(run("bean-check", journal.replaceFirst("-9340 QUOTA", "-9341 QUOTA")))
                .isNotEmpty();
        assertThat(run("bean-check", journal.replaceFirst("-0.018680000 USD", "-0.018680001 USD")))
                .isNotEmpty();
        // Both legs by the same: the entry balances, and only the balance of the day tells.
        String both = journal.replaceFirst("-0.018680000 USD", "-0.018680001 USD")
                .replaceFirst("  0.018680000 USD", "  0.018680001 USD");
        assertThat(run("bean-check", both)).contains("Balance failed");
    }

    @Test
    void hledgerAndLedgerAgreeWithEveryLeg() throws Exception {
        String journal = export("journal.ledger", "");
        assertThat(journal.lines().filter(line -> line.startsWith("    "))).allMatch(line -> line.contains(" = "));
        need("hledger");
        assertThat(run("hledger check --strict ordereddates payees -f", journal))
                .isEmpty();
        assertThat(run("hledger check --strict ordereddates payees -f", journal.replaceFirst("= -9340", "= -9341")))
                .isNotEmpty();
        need("ledger");
        for (Map.Entry<String, String> balance : balances("").entrySet()) {
            String name = balance.getKey();
            String stands = balance.getValue().replace(" QUOTA", ".0 QUOTA");
            assertThat(run("ledger --flat --no-total bal ^" + name + "$ -f", journal))
                    .contains(stands);
            assertThat(run("hledger bal -N --flat ^" + name + "$ -f", journal)).contains(stands);
        }
    }

    @Test
    void aJournalThatBeginsLaterBringsItsBalancesForward() throws Exception {
        assertThat(export("journal.beancount", "&from=2001-01-01T00:00:00Z")).doesNotContain("Opening");
        String from = TestSystem.views()
                .fetchSingle("select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from events.event where position = " + position("=cut-" + id))
                .into(String.class);
        String later = export("journal.beancount", "&from=" + from);
        assertThat(later)
                .contains("\"Opening\" \"balances brought forward\"")
                .doesNotContain("call-" + id)
                .contains("=cut-" + id);
        need("bean-check");
        assertThat(run("bean-check", later)).isEmpty();
    }

    private Path write(String text) throws Exception {
        Path file = folder.resolve("books" + text.hashCode());
        Files.writeString(file, text);
        return file;
    }

    private static long position(String hold) {
        return TestSystem.views()
                .fetchSingle("select min(position) from events.event where payload like '%" + hold + "\"%'")
                .into(long.class);
    }

    private Map<String, String> balances(String more) {
        JsonNode data = JsonMapper.shared()
                .readTree(get("/ledger/balances?account=" + id + more, me).body())
                .path("data");
        Map<String, String> balances = new HashMap<>();
        for (JsonNode line : data.path("balances"))
            balances.put(
                    line.path("account").stringValue(),
                    line.path("balance").stringValue() + " "
                            + line.path("commodity").stringValue());
        return balances;
    }

    @Test
    void balancesAreThoseOfAnyPosition() {
        assertThat(balances(""))
                .containsEntry("Liabilities:Wallet:" + id + ":Avail:Paid", "-4990659 QUOTA")
                .containsEntry("Income:Usage:TopUp", "-0.018680000 USD")
                .containsEntry("Income:Breakage", "-0.000002000 USD");
        assertThat(balances("&asOf=" + position("call-" + id)))
                .containsEntry("Liabilities:Wallet:" + id + ":Avail:Paid", "-4988000 QUOTA")
                .containsEntry("Liabilities:Wallet:" + id + ":Reserved:Paid", "-12000 QUOTA")
                .doesNotContainKey("Income:Usage:TopUp");
        assertThat(balances("&asOf=2001-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void postingsAddUpToZeroAndToTheBalances() {
        Map<String, java.math.BigDecimal> sums = new HashMap<>();
        Map<String, java.math.BigDecimal> all = new HashMap<>();
        for (String line : export("postings.jsonl", "").lines().toList()) {
            JsonNode row = JsonMapper.shared().readTree(line);
            var amount = new java.math.BigDecimal(row.path("amount").stringValue());
            String commodity = row.path("commodity").stringValue();
            sums.merge(commodity, amount, java.math.BigDecimal::add);
            all.merge(row.path("ledger_account").stringValue() + " " + commodity, amount, java.math.BigDecimal::add);
        }
        assertThat(sums)
                .hasSize(2)
                .allSatisfy((commodity, sum) -> assertThat(sum).isZero());
        balances("").forEach((name, balance) -> {
            String[] words = balance.split(" ");
            assertThat(all.get(name + " " + words[1])).isEqualByComparingTo(words[0]);
        });
    }

    @Test
    void csvAndJsonLinesCarryTheSameRowsAndNoFormula() {
        String csv = export("postings.csv", "");
        assertThat(csv)
                .startsWith("position,recorded_at,event,account,request,")
                .contains(",'=cut-" + id + ",");
        assertThat(csv).doesNotContain(",=cut").contains(",-9340,");
        assertThat(csv.lines().count() - 1)
                .isEqualTo(export("postings.jsonl", "").lines().count());
        assertThat(export("events.csv", "").lines().count()).isEqualTo(8);
        assertThat(export("balances.csv", "").lines().count())
                .isEqualTo(balances("").size() + 1);
        assertThat(export("postings.csv", "&to=2001-01-01T00:00:00Z").lines()).hasSize(1);
    }

    @Test
    void usersExportTheirOwnAndAdministratorsAll() {
        String path = "/api/ledger/export/postings.csv";
        assertThat(get(path + "?account=" + id, "USER " + (id + 1)).body()).contains("\"success\":false");
        assertThat(get(path, me).body()).contains("\"success\":false");
        assertThat(get("/ledger/balances", me).body()).contains("\"success\":false");
        assertThat(get(path + "?account=" + id, "").statusCode()).isEqualTo(401);
        assertThat(get(path, "ADMIN 1").body()).contains("call-" + id);
        assertThat(get("/ledger/balances", "ADMIN 1").body()).contains("Liabilities:Wallet:" + id + ":Avail:Paid");
    }

    @Test
    void refusesWhatCannotBeWritten() {
        for (String wrong : List.of(
                "journal.csv?x=1",
                "postings.beancount?x=1",
                "postings.pdf?x=1",
                "gold.csv?x=1",
                "postings.csv?asOf=999999999",
                "postings.csv?asOf=never",
                "postings.csv?from=17",
                "postings.csv?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z"))
            assertThat(get("/api/ledger/export/" + wrong + "&account=" + id, me).body())
                    .as(wrong)
                    .contains("\"success\":false");
    }

    /** The checkers are Debian packages that ./check installs where it can. */
    private static void need(String program) {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        Assumptions.assumeThat(there)
                .as("NOT PROVED: %s is not installed (apt-get install beancount hledger ledger)", program)
                .isTrue();
    }

    /** What the program prints about the journal, and its exit code if that is not 0. */
    private String run(String command, String journal) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add(write(journal).toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? said : said + "exit " + process.exitValue();
    }
}
