package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.AffinityCounts;
import io.tollbook.kernel.settings.Option;
import io.tollbook.relay.affinity.Affinities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of one conversation stay where its prompt is cached, as long as that place works. */
class AffinityTest {
    private static final String RULE = """
            [{"name":"talk","model_regex":["^gpt"],"path_regex":["/v1/chat"],"key_sources":[\
            {"type":"request_header","key":"X-Talk"},{"type":"gjson","path":"metadata.talks.0"}],\
            "skip_retry_on_failure":%s,"include_using_group":true,"include_rule_name":true}]""";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private final List<String> places = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void twoChannelsWithTwoKeysEach() {
        site.part(Affinities.class).forget();
        site.directory.options.put(Option.AFFINITY_RULES.key(), RULE.formatted(false));
        site.directory.channelWithKeys(1, site.first.baseUrl(), 0, Map.of(), 2, "a", "b");
        site.directory.channelWithKeys(2, site.second.baseUrl(), 0, Map.of(), 2, "c", "d");
        site.directory.changed();
        site.first.answers(this::answer);
        site.second.answers(this::answer);
    }

    private void answer(Provider.Asked asked) throws IOException {
        places.add(asked.head().replaceAll("(?is).*authorization: Bearer (\\S+).*", "$1"));
        asked.whole(200, RelaySite.WHOLE);
    }

    private static void ask(String talk) throws IOException {
        assertThat(site.answer("/v1/chat/completions", RelaySite.ask(""), "X-Talk: " + talk)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aConversationStaysAtItsChannelAndKey() throws IOException {
        for (int i = 0; i < 12; i++) ask("one");
        assertThat(new HashSet<>(places)).hasSize(1);
        site.awaitIdle();
        assertThat(site.part(Affinities.class).counts()).containsExactly(new AffinityCounts("talk", 11, 1, 1));
        for (int i = 0; i < 40; i++) ask("talk " + i);
        assertThat(new HashSet<>(places)).hasSize(4);
    }

    @Test
    void theBodySaysWhatACallBelongsTo() throws IOException {
        for (int i = 0; i < 12; i++)
            assertThat(site.answer(RelaySite.ask(",\"metadata\":{\"talks\":[7]}"))
                            .status())
                    .isEqualTo(200);
        assertThat(new HashSet<>(places)).hasSize(1);
    }

    @Test
    void callsThatSayNothingAreSpread() throws IOException {
        for (int i = 0; i < 40; i++)
            assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(200);
        assertThat(new HashSet<>(places)).hasSize(4);
    }

    @Test
    void aConversationMovesWithTheCallThatWasAnsweredElsewhere() throws IOException {
        ask("one");
        String home = places.getFirst();
        Provider fails = "ab".contains(home) ? site.first : site.second;
        fails.answers(500, "{\"error\":{\"message\":\"oops\"}}");
        ask("one");
        fails.answers(this::answer);
        for (int i = 0; i < 8; i++) ask("one");
        assertThat(places.subList(1, places.size())).hasSize(9).doesNotContain(home);
        assertThat(new HashSet<>(places.subList(1, places.size()))).hasSize(1);
    }

    @Test
    void aRuleMaySayThatItFailsRatherThanMoves() throws IOException {
        site.set(Option.AFFINITY_RULES, RULE.formatted(true));
        ask("one");
        Provider fails = "ab".contains(places.getFirst()) ? site.first : site.second;
        fails.answers(500, "{\"error\":{\"message\":\"oops\"}}");
        Client.Answer answer = site.answer("/v1/chat/completions", RelaySite.ask(""), "X-Talk: one");
        assertThat(answer.status()).isEqualTo(500);
        // The first call of a conversation has no place to stay at.
        for (int i = 0; i < 8; i++) ask("first of " + i);
    }

    @Test
    void leavesAChannelThatIsSwitchedOff() throws IOException {
        ask("one");
        boolean isFirst = "ab".contains(places.getFirst());
        site.directory.channelWithKeys(
                isFirst ? 1 : 2, (isFirst ? site.first : site.second).baseUrl(), 0, Map.of(), 0, "a", "b");
        site.directory.changed();
        for (int i = 0; i < 8; i++) ask("one");
        assertThat(places.subList(1, places.size())).doesNotContain(places.getFirst());
        assertThat(new HashSet<>(places.subList(1, places.size()))).hasSize(1);
    }

    @Test
    void canBeSwitchedOff() throws IOException {
        site.set(Option.AFFINITY, "false");
        for (int i = 0; i < 40; i++) ask("one");
        assertThat(new HashSet<>(places)).hasSize(4);
    }
}
