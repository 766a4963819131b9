package io.tollbook.query;

import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every key that a recorded answer has, ours has too, with a value of the same type. Where recordings of one endpoint
 * disagree, because a value was absent in one of them, each type that was seen will do.
 */
class ApiShapesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long USER = TestSystem.number();
    private static final long ROOT = TestSystem.number();
    private static final long TOKEN = TestSystem.number();
    private static final long CHANNEL = 3;
    private static final Map<String, TreeMap<String, TreeSet<String>>> SEEN = new TreeMap<>();

    @BeforeAll
    static void someOfEverything() {
        long deleted = TestSystem.number();
        TestSystem.publish(
                World.user(ROOT, "root" + ROOT, Role.ROOT, "default"),
                World.user(USER, "shape" + USER, Role.USER, "default"),
                World.user(deleted, "gone" + deleted, Role.USER, "default"),
                new UserDeleted(new UserId(deleted)),
                World.token(TOKEN, USER, World.terms("key" + TOKEN, 5_000L)),
                World.channel(CHANNEL, "upstream", "gpt-4o-mini"),
                World.prices(1),
                new OptionsChanged(
                        Map.of("SelfUseModeEnabled", "false", "ExposeRatioEnabled", "true"), Map.of(), World.BORN));
        TestSystem.publish(
                new VendorSaved(
                        new VendorId(USER), new VendorTerms("Maker " + USER, "words", "Icon", true), World.BORN),
                new ModelsDescribed(
                        USER,
                        List.of(new ModelChange(
                                new ModelId(USER),
                                null,
                                ModelDescription.of("gpt-4o-mini").withVendor(new VendorId(USER)))),
                        null,
                        World.BORN),
                new PrefillGroupSaved(
                        new PrefillGroupId(USER),
                        PrefillTerms.of("models", PrefillType.MODEL, List.of("gpt-4o-mini"), ""),
                        World.BORN));
        TestSystem.publish(World.account(USER, 100_000));
        TestSystem.publish(
                settled(USER, TOKEN, USER + "-1", 12_000, 9_340, 90_660),
                released(USER, TOKEN, USER + "-2", 10, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 90_660),
                new SignedIn(new UserId(USER), "password", Instant.now()));
        TestSystem.publish(
                Map.of("actor", Long.toString(ROOT), "role", "ROOT", "authentication", "session"),
                new UserDisabled(new UserId(USER)));
        recorded()
                .forEach(shape ->
                        note(shape.shape(), "", SEEN.computeIfAbsent(family(shape.path()), p -> new TreeMap<>())));
    }

    record Recorded(String path, String asked, String as, JsonNode shape) {
        @Override
        public String toString() {
            return path + " " + asked + " as " + as;
        }
    }

    static Stream<Recorded> recorded() {
        try (InputStream in = Objects.requireNonNull(ApiShapesTest.class.getResourceAsStream("/api-shapes.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .map(line -> new Recorded(
                            line.path("path").stringValue(),
                            line.path("case").stringValue(""),
                            line.path("as").stringValue(),
                            line.path("shape")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists and single ones tell of the same things. */
    private static String family(String path) {
        return String.join("/", List.of(path.split("/")).subList(1, 3));
    }

    private static String inFamily(String place) {
        return place.replace(".data.items[]", ".data");
    }

    /** Which types each place of an endpoint's answers was seen to have. */
    private static void note(JsonNode shape, String place, Map<String, TreeSet<String>> seen) {
        if (shape.isString())
            seen.computeIfAbsent(inFamily(place), p -> new TreeSet<>()).add(shape.stringValue());
        else if (shape.isObject() && shape.has("$json"))
            seen.computeIfAbsent(inFamily(place), p -> new TreeSet<>()).add("string");
        else if (shape.isObject())
            shape.properties()
                    .forEach(p -> note(p.getValue(), place + "." + p.getKey().replace("?", ""), seen));
        else if (shape.isArray()) shape.forEach(element -> note(element, place + "[]", seen));
    }

    private static String address(Recorded recorded) {
        String path = recorded.path();
        if (path.equals("/api/user/{id}")) path = "/api/user/" + USER;
        if (path.equals("/api/token/{id}")) path = "/api/token/" + TOKEN;
        if (path.equals("/api/channel/{id}")) path = "/api/channel/" + CHANNEL;
        if (path.equals("/api/models/{id}")) path = "/api/models/" + USER;
        if (path.equals("/api/vendors/{id}")) path = "/api/vendors/" + USER;
        String query = recorded.asked().contains("=") ? recorded.asked() : "";
        query = query.replace("alice-key", "key" + TOKEN)
                .replace("alice", "shape" + USER)
                .replace("model_name=mock", "model_name=gpt-4o-mini")
                .replace("channel=1", "channel=" + CHANNEL)
                .replace("keyword=main", "keyword=upstream")
                .replace("status=2", "status=1")
                .replace("role=10", "role=100")
                .replace("group=vip", "group=default");
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String actor(Recorded recorded) {
        return switch (recorded.as()) {
            case "P" -> "";
            case "A", "R" -> "ROOT " + ROOT;
            default -> "USER " + USER;
        };
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void everyRecordedKeyIsThereWithItsType(Recorded recorded) {
        HttpResponse<String> answer = TestSystem.get(address(recorded), actor(recorded));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> faults = new ArrayList<>();
        compare(recorded.path(), "", recorded.shape(), JSON.readTree(answer.body()), faults);
        assertThat(faults).as(answer.body()).isEmpty();
    }

    private static void compare(String path, String place, JsonNode shape, JsonNode ours, List<String> faults) {
        if (shape.isObject() && shape.has("$json")) {
            boolean mayBeAbsent = SEEN.get(family(path))
                    .getOrDefault(inFamily(place), new TreeSet<>())
                    .contains("null");
            if (!ours.isString() && !(ours.isNull() && mayBeAbsent)) faults.add(place + " is no text");
            else if (isLogRow(path, place)) compareOther(place, shape.path("$json"), ours, faults);
        } else if (shape.isObject() && shape.has("#")) {
            ours.forEach(value -> compare(path, place + ".#", shape.path("#"), value, faults));
        } else if (shape.isObject()) {
            if (!ours.isObject()) {
                faults.add(place + " is no object");
                return;
            }
            shape.properties().forEach(property -> {
                String key = property.getKey().replace("?", "");
                boolean optional = property.getKey().endsWith("?") || place.endsWith(".data") && isGroups(path);
                if (ours.has(key)) compare(path, place + "." + key, property.getValue(), ours.get(key), faults);
                else if (!optional) faults.add(place + "." + key + " is missing");
            });
        } else if (shape.isArray()) {
            if (!ours.isArray()) faults.add(place + " is no list");
            else if (shape.size() > 0)
                ours.forEach(element -> compare(path, place + "[]", shape.get(0), element, faults));
        } else {
            TreeSet<String> types = SEEN.get(family(path)).getOrDefault(inFamily(place), new TreeSet<>());
            String type = type(ours);
            if (!types.contains(type) && !types.equals(new TreeSet<>(List.of("null"))))
                faults.add(place + " is " + type + ", not one of " + types);
        }
    }

    private static boolean isGroups(String path) {
        return path.endsWith("/groups");
    }

    private static boolean isLogRow(String path, String place) {
        return path.startsWith("/api/log/") && place.endsWith(".other");
    }

    /** A log row's own details depend on its kind: charged calls have ratios, acts have an operation. */
    private static void compareOther(String place, JsonNode shape, JsonNode ours, List<String> faults) {
        JsonNode other = JSON.readTree(ours.stringValue());
        List<String> wanted = other.has("provenance")
                ? List.of(
                        "model_ratio",
                        "group_ratio",
                        "completion_ratio",
                        "cache_tokens",
                        "cache_ratio",
                        "frt",
                        "model_price",
                        "user_group_ratio",
                        "request_path",
                        "request_conversion")
                : other.has("op") ? List.of("op") : List.of();
        for (String key : wanted) {
            JsonNode type = shape.has(key) ? shape.get(key) : shape.path(key + "?");
            if (type.isMissingNode()) continue;
            if (!other.has(key)) faults.add(place + "." + key + " is missing");
            else if (type.isString() && !type.stringValue().equals(type(other.get(key))))
                faults.add(place + "." + key + " is " + type(other.get(key)));
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NULL -> "null";
            default -> value.getNodeType().name();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/api/user/",
        "/api/channel/",
        "/api/log/",
        "/api/log/stat",
        "/api/data/",
        "/api/data/users",
        "/api/data/flow",
        "/api/group/",
        "/api/vendors/",
        "/api/vendors/1",
        "/api/models/",
        "/api/models/missing",
        "/api/models/1",
        "/api/prefill_group/",
        "/api/option/",
        "/api/channel/models",
        "/api/channel/ops",
        "/api/channel/tag/models?tag=tag-1",
        "/api/channel/outages",
        "/api/channel/1/history",
        "/api/read-model/"
    })
    void whatIsForAdministratorsIsRefusedToUsersAndGuests(String path) {
        JsonNode answer = JSON.readTree(TestSystem.get(path, "USER " + USER).body());
        assertThat(answer.path("success").booleanValue()).as(answer.toString()).isFalse();
        assertThat(TestSystem.get(path, "").statusCode()).isEqualTo(401);
    }

    @Test
    void usersSeeNeitherChannelsNorOtherUsersInTheirLog() {
        JsonNode rows = JSON.readTree(
                        TestSystem.get("/api/log/self?type=2", "USER " + USER).body())
                .path("data")
                .path("items");
        assertThat(rows).isNotEmpty();
        rows.forEach(row -> {
            assertThat(row.path("user_id").longValue()).isEqualTo(USER);
            assertThat(row.path("channel").longValue()).isZero();
            assertThat(row.path("channel_name").stringValue()).isEmpty();
            assertThat(JSON.readTree(row.path("other").stringValue()).has("admin_info"))
                    .isFalse();
        });
    }

    @Test
    void administratorsSeeWhoDidWhat() {
        JsonNode row = JSON.readTree(TestSystem.get("/api/log/?type=3&p=1&page_size=1", "ROOT " + ROOT)
                        .body())
                .path("data")
                .path("items")
                .get(0);
        JsonNode other = JSON.readTree(row.path("other").stringValue());
        assertThat(other.path("op").path("action").stringValue()).isEqualTo("user.manage");
        assertThat(other.path("admin_info"))
                .hasToString(
                        "{\"admin_id\":%d,\"admin_role\":100,\"admin_username\":\"root%d\",\"auth_method\":\"session\"}"
                                .formatted(ROOT, ROOT));
    }

    @ParameterizedTest
    @CsvSource({"page_size=101", "page_size=-1", "p=-1", "p=10000001"})
    void pagesOutsideTheBoundsAreRefused(String query) {
        JsonNode answer = JSON.readTree(
                TestSystem.get("/api/log/?" + query, "ROOT " + ROOT).body());
        assertThat(answer.path("success").booleanValue()).isFalse();
    }
}
