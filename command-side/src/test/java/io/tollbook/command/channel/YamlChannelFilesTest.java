package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelDifference;
import io.tollbook.kernel.channel.ChannelFiles;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelPlan;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.FieldChange;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlChannelFilesTest {
    private static final ChannelTerms MAIN = new ChannelTerms(
            8,
            "main: “one”",
            "https://good.example",
            List.of("gpt-4o", "yes"),
            List.of("default", "vip"),
            7,
            3,
            false,
            "2024",
            "two\nlines",
            "gpt-4o",
            Map.of("a", "b", "on", "off"),
            Map.of(
                    "settings",
                    "{\"max_concurrency\": 5, \"rate\":0.70}",
                    "setting",
                    "{\"system_prompt\":\"Be # kind\\n: always\"}",
                    "multi_key_mode",
                    "polling",
                    "future",
                    "17"));
    private static final ChannelTerms SPARE = new ChannelTerms(
            1, "spare", "", List.of("gpt-4o"), List.of("default"), 0, 1, true, "", "", "", Map.of(), Map.of());
    private static final List<ChannelSummary> PRESENT =
            List.of(summary(3, MAIN, ChannelStatus.ENABLED), summary(4, SPARE, ChannelStatus.DISABLED_BY_HAND));

    private final ChannelFiles files = new YamlChannelFiles(new ChannelAddresses() {
        @Override
        public void check(ChannelTerms terms) {
            if (terms.baseUrl().contains("10.0.0.1"))
                throw Refused.invalid("The base URL leads into a private network.");
        }

        @Override
        public String warning(ChannelTerms terms) {
            throw new AssertionError("a file is not knocked for");
        }
    });

    private static ChannelSummary summary(long id, ChannelTerms terms, ChannelStatus status) {
        return new ChannelSummary(
                new ChannelId(id),
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
                "");
    }

    private ChannelPlan read(String yaml) {
        return files.read(yaml, PRESENT);
    }

    @Test
    void whatIsWrittenReadsAsNoChange() {
        ChannelPlan plan = read(files.write(PRESENT));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.unchanged()).isEqualTo(PRESENT);
        assertThat(plan.missing()).isEmpty();
    }

    @Test
    void whatIsWrittenMakesTheSameChannelsElsewhere() {
        String yaml = files.write(PRESENT).replaceAll("(?m)^  - id: \\d+\n    name", "  - key: sk-1\n    name");
        ChannelPlan plan = files.read(yaml, List.of());
        assertThat(plan.created()).extracting(ChannelPlan.Creation::enabled).containsExactly(true, false);
        assertThat(plan.created().get(1).terms()).isEqualTo(SPARE);
        assertThat(plan.created().getFirst().key()).isEqualTo(new Secret("sk-1"));
        assertThat(ChannelDifference.between(MAIN, plan.created().getFirst().terms()))
                .extracting(FieldChange::field)
                .containsExactly("settings"); // The same in other spaces.
    }

    @Test
    void noKeyIsWritten() {
        assertThat(files.write(PRESENT)).doesNotContain("key:").contains("without their keys");
    }

    @Test
    void onlyFieldsThatAreNamedChange() {
        ChannelPlan plan = read("""
                channels:
                  - id: 3
                    priority: 9
                    tag:
                    settings: {max_concurrency: 6}
                  - name: spare
                    enabled: true
                """);
        assertThat(plan.missing()).isEmpty();
        assertThat(plan.changed()).hasSize(2);
        ChannelChange main = plan.changed().getFirst();
        assertThat(ChannelDifference.between(main.before(), main.after()))
                .containsExactly(
                        new FieldChange("priority", "7", "9"),
                        new FieldChange("tag", "2024", ""),
                        new FieldChange(
                                "settings", "{\"max_concurrency\": 5, \"rate\":0.70}", "{\"max_concurrency\":6}"));
        assertThat(plan.changed().get(1)).isEqualTo(new ChannelChange(new ChannelId(4), SPARE, SPARE, true));
    }

    @Test
    void whatTheFileDoesNotNameIsMissingAndStays() {
        assertThat(read("channels:\n  - {id: 4}\n").missing()).containsExactly(PRESENT.getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            channels: [{id: 3, prioritie: 1}]                     | Line 1: a channel has no field “prioritie”.
            channels:~  - id: 3~    prioritie: 1                  | Line 3: a channel has no field “prioritie”.
            channels:~  - id: 3~    priority: high                | Line 3: priority must be a whole number.
            channels:~  - id: 3~    auto_ban: perhaps             | Line 3: auto_ban must be true or false.
            channels:~  - id: 3~    models: gpt                   | Line 3: models must be a list.
            channels:~  - id: 3~    models: []                    | Line 3: The channel needs at least one model.
            channels:~  - id: 3~    weight: 10001                 | Line 3: The weight must lie
            channels:~  - id: 3~    type: Nobody                  | Line 3: there is no type of channel “Nobody”.
            channels:~  - id: 3~    model_mapping: {a: b, b: a}   | Line 3: The model mapping goes in a circle
            channels:~  - id: 3~    base_url: https://evil.example | Line 3: this leads to another host
            channels:~  - id: 4~    base_url: http://10.0.0.1     | Line 3: The base URL leads into a private network
            channels:~  - id: 3~    settings: {max_concurrency: -1} | Line 3: settings: max_concurrency must be
            channels:~  - id: 3~    header_override: {Authorization: Bearer x} | Line 3: header_override: Authorization seems
            channels:~  - id: 3~    key: sk-1                     | Line 3: keys of a channel that is there
            channels:~  - id: 9                                   | Line 2: there is no channel 9
            channels:~  - priority: 1                             | Line 2: the channel needs a name or an id.
            channels:~  - id: 3~  - id: 3                         | Line 3: this channel stands in the file twice.
            channels:~  - name: fresh~    models: [a]             | Line 2: no channel has this name, and a new one needs its keys
            channels:~  - name: fresh~    models: [a]~    key: a b | Line 4: The key has a space
            channels:~  - id: 3~    tag: a~    tag: b             | Line 4: the field “tag” stands there twice.
            channels:~  - &a {id: 3}                              | Line 2: anchors and aliases are not read here.
            channels:~  - id: 3~   tag: b                         | Line 3: this is no YAML
            users: []                                             | Line 1: the file has channels, and nothing else.
            channels: 5                                           | Line 1: channels must be a list.
            []                                                    | Line 1: the file must have fields
            """)
    void refusesWithTheLine(String yaml, String why) {
        assertThatThrownBy(() -> read(yaml.replace('~', '\n')))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
    }

    @Test
    void twoOfOneNameAreToldApartByTheirIds() {
        List<ChannelSummary> twins =
                List.of(summary(3, SPARE, ChannelStatus.ENABLED), summary(4, SPARE, ChannelStatus.ENABLED));
        assertThatThrownBy(() -> files.read("channels:\n  - name: spare\n", twins))
                .hasMessage("Line 2: 2 channels are called so. Say which one by its id.");
        assertThat(files.read("channels:\n  - id: 4\n    name: other\n", twins).changed())
                .extracting(ChannelChange::channel)
                .containsExactly(new ChannelId(4));
    }
}
