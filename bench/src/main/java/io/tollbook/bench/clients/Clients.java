package io.tollbook.bench.clients;

import io.tollbook.bench.Arguments;
import io.tollbook.bench.Progress;
import io.tollbook.bench.books.HoldViews;
import io.tollbook.bench.books.LogBook;
import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.ManagementApi;
import io.tollbook.bench.gateway.Postgres;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.gateway.ReadModelStates;
import io.tollbook.bench.gateway.RunScript;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.gateway.Tenant;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each tool does one task through each upstream dialect: a tool of its own called alone, two called at once, and an answer.
 * Afterwards the books must show each request charged once, nothing held and nothing failed.
 */
final class Clients {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Gateway gateway;
    private final Site site;
    private final Providers providers;
    private final Outside outside;
    private final Path modules;
    private final Path folder;
    private final Map<Upstream, Key> keys = new EnumMap<>(Upstream.class);
    private int sessions;

    /** @param id the gateway's number of it */
    private record Key(long id, String text) {}

    private Clients(Gateway gateway, Site site, Providers providers, Outside outside, Path modules, Path folder) {
        this.gateway = gateway;
        this.site = site;
        this.providers = providers;
        this.outside = outside;
        this.modules = modules;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments =
                Arguments.of(args, "--home=. --packages=FOLDER --only=claude,codex,gemini --asking=own,provider");
        Path home = Path.of(arguments.text("home", ".")).toAbsolutePath().normalize();
        Path packages = home.resolve(arguments.text("packages", "bench/target/clients"));
        Path folder = Files.createTempDirectory("tollbook-clients");
        Path data = Files.createDirectories(folder.resolve("data"));
        Progress.say("all of it in %s", folder);
        List<CommandLine> tools = named(CommandLine.values(), arguments.text("only", "claude,codex,gemini"));
        List<Asking> asking = named(Asking.values(), arguments.text("asking", "own"));
        boolean allDone;
        try (RunScript gateway = RunScript.of(home, data, folder.resolve("gateway.log"));
                Providers providers = new Providers(new Agent());
                Outside outside = new Outside()) {
            gateway.start();
            Progress.say("the gateway answers");
            Site site = Provision.begin(gateway.base(), providers.base(Upstream.CHAT), prices())
                    .users("agent", 1, 1_000_000_000L)
                    .site();
            Clients clients = new Clients(gateway, site, providers, outside, packages.resolve("node_modules"), folder);
            for (Upstream upstream : Upstream.values()) clients.open(upstream);
            allDone = clients.run(tools, asking);
        }
        System.exit(allDone ? 0 : 1);
    }

    private static <E extends Enum<E>> List<E> named(E[] all, String names) {
        List<E> named = new ArrayList<>();
        for (String name : names.split(","))
            for (E one : all) if (one.name().toLowerCase(Locale.ROOT).startsWith(name)) named.add(one);
        if (named.isEmpty()) throw new IllegalArgumentException("none of them: " + names);
        return named;
    }

    /** One unit a token, so that what was charged is what was counted. */
    private static Prices prices() {
        Map<String, Prices.Ratios> ratios = new TreeMap<>();
        BigDecimal one = BigDecimal.ONE;
        for (CommandLine tool : CommandLine.values()) ratios.put(tool.model(), new Prices.Ratios(one, one, one));
        for (Upstream upstream : Upstream.values()) ratios.put(upstream.model(), new Prices.Ratios(one, one, one));
        return new Prices(ratios, Map.of(), one);
    }

    /** A channel for every tool's model in a group of its own, and a key that may use nothing else. */
    private void open(Upstream upstream) throws Exception {
        Map<String, String> groups = new LinkedHashMap<>();
        Map<String, Integer> ratios = new LinkedHashMap<>();
        groups.put("default", "Default");
        ratios.put("default", 1);
        for (Upstream each : Upstream.values()) {
            groups.put(each.group(), each.label());
            ratios.put(each.group(), 1);
        }
        option("GroupRatio", ratios);
        option("UserUsableGroups", groups);
        Map<String, String> mapping = new LinkedHashMap<>();
        Set<String> models = new TreeSet<>(Set.of(upstream.model()));
        for (CommandLine tool : CommandLine.values()) {
            models.add(tool.model());
            if (!isOwn(tool, upstream)) mapping.put(tool.model(), upstream.model());
        }
        site.api()
                .post(
                        "/api/channel/",
                        Map.of(
                                "mode",
                                "single",
                                "channel",
                                Map.of(
                                        "type",
                                        upstream.channelType(),
                                        "name",
                                        upstream.label(),
                                        "key",
                                        Providers.KEY,
                                        "base_url",
                                        providers.base(upstream).toString(),
                                        "models",
                                        String.join(",", models),
                                        "model_mapping",
                                        JsonMapper.shared().writeValueAsString(mapping),
                                        "group",
                                        upstream.group(),
                                        "auto_ban",
                                        0)));
        ManagementApi self = site.api(tenant());
        self.post(
                "/api/token/",
                Map.of(
                        "name",
                        upstream.group(),
                        "expired_time",
                        -1,
                        "remain_quota",
                        0,
                        "unlimited_quota",
                        true,
                        "group",
                        upstream.group()));
        for (JsonNode token : self.get("/api/token/?p=1&page_size=50").path("items"))
            if (token.path("name").asString("").equals(upstream.group())) {
                long id = token.path("id").asLong();
                String key = self.post("/api/token/" + id + "/key", Map.of())
                        .path("key")
                        .asString();
                keys.put(upstream, new Key(id, key.startsWith("sk-") ? key : "sk-" + key));
            }
    }

    /** Whether its vendor's own model answers, and its bytes pass as they are. */
    private static boolean isOwn(CommandLine tool, Upstream upstream) {
        return switch (tool) {
            case CLAUDE_CODE -> upstream == Upstream.CLAUDE;
            case CODEX -> upstream == Upstream.RESPONSES;
            case GEMINI_CLI -> upstream == Upstream.GEMINI;
        };
    }

    private void option(String key, Object value) throws Exception {
        site.api()
                .put(
                        "/api/option/",
                        Map.of("key", key, "value", JsonMapper.shared().writeValueAsString(value)));
    }

    private Tenant tenant() {
        return site.tenants().getFirst();
    }

    private boolean run(List<CommandLine> tools, List<Asking> asking) throws Exception {
        Matrix matrix = new Matrix();
        for (CommandLine tool : tools)
            for (Asking asked : asking)
                for (Upstream upstream : Upstream.values()) {
                    String model = asked.model(tool, upstream);
                    Progress.say("%s over %s, asking for %s", tool.label(), upstream.label(), model);
                    List<String> faults = session(tool, model, upstream);
                    faults.forEach(fault -> Progress.say("  %s", fault));
                    matrix.put(tool, asked, upstream, faults);
                }
        List<String> wrong = books();
        IO.println(matrix.markdown(modules));
        wrong.forEach(fault -> IO.println("The books: " + fault));
        return matrix.isClean() && wrong.isEmpty();
    }

    private List<String> session(CommandLine tool, String model, Upstream upstream) throws Exception {
        int askedBefore = providers.count(upstream);
        int refusedBefore = providers.refused(upstream).size();
        int outsideBefore = outside.asked().size();
        Key key = keys.get(upstream);
        int number = ++sessions;
        long chargesBefore = charges(key, model).size();
        Session session = new Session(
                tool,
                model,
                folder.resolve(tool.name().toLowerCase(Locale.ROOT) + "-" + upstream.group() + "-" + number),
                "harbour" + number);
        List<String> faults = new ArrayList<>(session.run(modules, site.base(), key.text(), outside));
        List<String> refused = providers.refused(upstream);
        for (String refusal : refused.subList(refusedBefore, refused.size()))
            faults.add("the provider refused: " + refusal);
        List<String> called = outside.asked();
        for (String call : new HashSet<>(called.subList(outsideBefore, called.size())))
            faults.add("asked for somebody else: " + call);
        ReadModelStates.awaitLevel(site, PATIENCE);
        int answered = providers.count(upstream) - askedBefore - (refused.size() - refusedBefore);
        long charged = charges(key, model).size() - chargesBefore;
        if (charged != answered || answered == 0) faults.add(answered + " answers, but " + charged + " charges");
        return faults;
    }

    private List<LogBook.Row> charges(Key key, String model) throws Exception {
        return LogBook.charged(site).stream()
                .filter(row -> row.token() == key.id() && row.model().equals(model))
                .toList();
    }

    /** What must be true of all of it at the end. */
    private List<String> books() throws Exception {
        List<String> faults = new ArrayList<>();
        Set<String> requests = new HashSet<>();
        List<LogBook.Row> rows = LogBook.charged(site);
        for (LogBook.Row row : rows) {
            if (!requests.add(row.request())) faults.add("charged twice: " + row);
            if (row.quota() != row.prompt() + row.completion()) faults.add("charged something else: " + row);
        }
        for (LogBook.Row row : LogBook.failed(site)) faults.add("failed: " + row.model() + ": " + row.content());
        HoldViews holds = HoldViews.read(Postgres.of(gateway.data()).jdbcUrl());
        if (holds.open() + holds.unresolved() + holds.heldByAccounts() + holds.heldByKeys() != 0)
            faults.add("not all is settled: " + holds);
        long charged =
                LogBook.charged(site).stream().mapToLong(LogBook.Row::quota).sum();
        long left = site.api().get("/api/user/" + tenant().user()).path("quota").asLong();
        if (left != tenant().granted() - charged)
            faults.add("the balance is " + left + " after " + charged + " of " + tenant().granted());
        return faults;
    }
}
