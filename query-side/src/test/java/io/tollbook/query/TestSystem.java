package io.tollbook.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Query;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.site.ReadModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** The query side, started once for all tests, with words to speak to it. */
public final class TestSystem {
    private static final ConfigurableApplicationContext CONTEXT =
            TestApplication.builder().run();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<String, Long> SEQUENCES = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong(1_000);

    private TestSystem() {}

    /** A number that no other test uses. */
    public static long number() {
        return NUMBERS.incrementAndGet();
    }

    public static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    public static DSLContext views() {
        return bean(DSLContext.class);
    }

    /** Publishes events as one durable append would, and waits until every read model has them. */
    public static void publish(Object... payloads) {
        publish(Map.of(), payloads);
    }

    public static void publish(Map<String, ?> metadata, Object... payloads) {
        publishAt(Instant.now(), metadata, payloads);
    }

    /** Publishes the next events of one stream. */
    public static void publishTo(String stream, Object... payloads) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (Object payload : payloads)
            events.add(new GenericDomainEventMessage<>(
                    "", stream, SEQUENCES.merge(stream, 0L, (last, ignored) -> last + 1), payload));
        bean(EventStore.class).publish(events);
        caughtUp();
    }

    public static void publishAt(Instant recorded, Map<String, ?> metadata, Object... payloads) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (Object payload : payloads)
            events.add(new GenericEventMessage<>(
                    UUID.randomUUID().toString(), payload, MetaData.from(metadata), recorded));
        bean(EventStore.class).publish(events);
        caughtUp();
    }

    /** Waits until every read model has every event. */
    public static void caughtUp() {
        TrackingToken newest = bean(EventStore.class).createHeadToken();
        if (newest == null) return;
        long head = newest.position().orElseThrow();
        assertThat(bean(ReadModels.class).await(head, PATIENCE))
                .as("read models reach %s: %s", head, bean(ReadModels.class).all())
                .isTrue();
    }

    /** Builds a read model again, and returns when it has every event. */
    public static void rebuild(String name) {
        bean(ReadModels.class).rebuild(name);
        assertThat(rebuilt(name).state()).isEqualTo(Progress.State.DONE);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> bean(ReadModels.class).all().stream()
                        .allMatch(model -> model.running() && model.behind() == 0));
        caughtUp();
    }

    /** How a rebuild ended. */
    public static Progress rebuilt(String name) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> bean(ReadModels.class).rebuilds().get(name), progress -> !progress.isUnderWay());
    }

    public static <R extends @Nullable Object> R ask(Query<R> query) {
        return bean(TestMessages.class).ask(query);
    }

    /** The answer of the management API, as the raw text. */
    public static HttpResponse<String> get(String path, String actor) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + CONTEXT.getEnvironment().getProperty("local.server.port") + path));
        if (!actor.isEmpty()) request.header("Test-Actor", actor);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row of every read model's tables, as text. */
    public static Map<String, List<String>> contents() {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String table : List.of(
                "user_profile",
                "token",
                "channel",
                "channel_key",
                "channel_outage",
                "option",
                "price_version",
                "buy_price_version",
                "margin_alarm",
                "vendor",
                "model",
                "model_change",
                "prefill_group",
                "balance",
                "token_spend",
                "channel_used",
                "expiring_lot",
                "adjustment",
                "open_hold",
                "unresolved_call",
                "quarantined_call",
                "hourly_usage",
                "hourly_total",
                "margin",
                "performance",
                "usage_log",
                "lot",
                "ledger_account",
                "ledger_total",
                "ledger_fault",
                "ledger_reached"))
            contents.put(
                    table,
                    views().fetch("select t::text as line from views." + table + " t order by 1")
                            .getValues("line", String.class));
        return contents;
    }
}
