package io.tollbook.bench.gateway;

import io.tollbook.bench.books.Prices;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sets a fresh gateway up over its HTTP API alone: root, a channel to the mock, prices, users with quota and a key each. */
public final class Provision {
    public static final int OPENAI = 1;
    public static final int ANTHROPIC = 14;
    private static final String ROOT = "root";
    private static final String PASSWORD = "correct-horse-9";
    /** Passwords are hashed slowly on purpose; more at once only queue. */
    private static final int AT_ONCE = 8;

    private final URI base;
    private final ManagementApi root;
    private final String accessToken;
    private final long startedAt;
    private final List<Tenant> tenants = new ArrayList<>();

    private Provision(URI base, ManagementApi root, String accessToken, long startedAt) {
        this.base = base;
        this.root = root;
        this.accessToken = accessToken;
        this.startedAt = startedAt;
    }

    /** Sets up root, prices and one channel that serves every priced model. */
    public static Provision begin(URI gateway, URI upstream, Prices prices) throws Exception {
        long startedAt = System.currentTimeMillis() / 1000 - 1;
        ManagementApi guest = ManagementApi.guest(gateway);
        guest.post(
                "/api/setup",
                Map.of(
                        "username", ROOT,
                        "password", PASSWORD,
                        "confirmPassword", PASSWORD,
                        "SelfUseModeEnabled", false,
                        "DemoSiteEnabled", false));
        ManagementApi session = guest.signIn(ROOT, PASSWORD);
        String accessToken = session.get("/api/user/token").asString();
        ManagementApi root = guest.withAccessToken(session.user(), accessToken);
        Provision provision = new Provision(gateway, root, accessToken, startedAt).prices(prices);
        provision.channel("mock", upstream, List.copyOf(prices.models()), 0);
        return provision;
    }

    /** Prices in the place of those before. */
    public Provision prices(Prices prices) throws Exception {
        for (Map.Entry<String, Map<String, Object>> option : prices.options().entrySet())
            option(option.getKey(), JsonMapper.shared().writeValueAsString(option.getValue()));
        return this;
    }

    public Provision channel(String name, URI upstream, List<String> models, int priority) throws Exception {
        return channel(OPENAI, name, upstream, models, priority);
    }

    /** @param type by the management API's number */
    public Provision channel(int type, String name, URI upstream, List<String> models, int priority) throws Exception {
        root.post(
                "/api/channel/",
                Map.of(
                        "mode",
                        "single",
                        "channel",
                        Map.of(
                                "type",
                                type,
                                "name",
                                name,
                                "key",
                                "sk-mock-provider-key",
                                "base_url",
                                upstream.toString(),
                                "models",
                                String.join(",", models),
                                "group",
                                "default",
                                "priority",
                                priority,
                                "weight",
                                1,
                                "auto_ban",
                                0)));
        return this;
    }

    public Provision option(String key, Object value) throws Exception {
        root.put("/api/option/", Map.of("key", key, "value", value));
        return this;
    }

    /** Adds users, each with this quota and one key without a limit of its own. */
    public Provision users(String prefix, int count, long quota) throws Exception {
        return users(prefix, count, quota, 0);
    }

    /** Adds users, each with this quota and one key that may spend so much. */
    public Provision users(String prefix, int count, long quota, long keyLimit) throws Exception {
        try (ExecutorService workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Tenant>> made = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String username = prefix + i;
                made.add(workers.submit(() -> user(username, quota, keyLimit)));
            }
            for (Future<Tenant> tenant : made) tenants.add(tenant.get());
        }
        return this;
    }

    private Tenant user(String username, long quota, long keyLimit) throws Exception {
        root.post(
                "/api/user/", Map.of("username", username, "password", PASSWORD, "display_name", username, "role", 1));
        ManagementApi self = ManagementApi.guest(base).signIn(username, PASSWORD);
        // A grant that comes with the account belongs to what the user was given.
        long before = root.get("/api/user/" + self.user()).path("quota").asLong();
        root.post("/api/user/manage", Map.of("id", self.user(), "action", "add_quota", "mode", "add", "value", quota));
        self.post(
                "/api/token/",
                Map.of(
                        "name",
                        "bench",
                        "expired_time",
                        -1,
                        "remain_quota",
                        keyLimit,
                        "unlimited_quota",
                        keyLimit == 0));
        JsonNode token = self.get("/api/token/?p=1&page_size=1").path("items").path(0);
        long id = token.path("id").asLong();
        String key =
                self.post("/api/token/" + id + "/key", Map.of()).path("key").asString();
        return new Tenant(
                self.user(),
                username,
                before + quota,
                id,
                key.startsWith("sk-") ? key : "sk-" + key,
                keyLimit,
                self.get("/api/user/token").asString());
    }

    public Site site() {
        return new Site(base, root.user(), accessToken, startedAt, List.copyOf(tenants));
    }
}
