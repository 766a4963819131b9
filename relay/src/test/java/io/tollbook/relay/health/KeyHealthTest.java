package io.tollbook.relay.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyHealthTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final KeyHealth key = new KeyHealth();
    private long now = 5 * SECOND;

    private boolean begins() {
        return key.begin("gpt", 0, 0, false, now);
    }

    private void fails(Fault fault, int wish) {
        assertThat(begins()).isTrue();
        key.end("gpt", fault, wish, now);
    }

    private void answered() {
        key.works("gpt");
        key.end("gpt", Fault.NONE, 0, now);
    }

    @Test
    void isLeftAloneForAsLongAsItsProviderWishes() {
        fails(Fault.KEY_BUSY, 7);
        now += 7 * SECOND - 1;
        assertThat(begins()).isFalse();
        assertThat(key.isUsable("gpt", 0, 0, true, now))
                .as("by whoever has nobody else")
                .isFalse();
        now++;
        assertThat(begins()).isTrue();
    }

    @Test
    void isLeftAloneTwiceAsLongEachTime() {
        for (int seconds = 1; seconds <= 4; seconds *= 2) {
            fails(Fault.KEY_BUSY, 0);
            now += seconds * SECOND - 1;
            assertThat(begins()).as("after less than %s s", seconds).isFalse();
            assertThat(key.isUsable("gpt", 0, 0, true, now))
                    .as("by whoever has nobody else")
                    .isTrue();
            now++;
        }
    }

    @Test
    void isNeverLeftAloneForMoreThanFiveMinutes() {
        for (int i = 0; i < 12; i++) {
            fails(Fault.KEY_REFUSED, 0);
            now += 300 * SECOND;
        }
        assertThat(begins()).isTrue();
    }

    @Test
    void isTriedByOneCallBeforeAllUseItAgain() {
        fails(Fault.KEY_BUSY, 1);
        now += SECOND;
        assertThat(begins()).isTrue();
        assertThat(begins()).as("while the first is on its way").isFalse();
        answered();
        assertThat(begins()).isTrue();
        assertThat(begins()).isTrue();
    }

    @Test
    void isGoodAgainWithTheFirstWordsOfALongAnswer() {
        fails(Fault.KEY_BUSY, 1);
        now += SECOND;
        assertThat(begins()).isTrue();
        assertThat(begins()).isFalse();
        key.works("gpt");
        assertThat(begins()).as("while the first still answers").isTrue();
    }

    @Test
    void aTrialWithoutAVerdictLeavesTheNextTrialToSomebodyElse() {
        fails(Fault.KEY_BUSY, 1);
        now += SECOND;
        fails(Fault.REQUEST, 0);
        assertThat(begins()).isTrue();
        assertThat(begins()).isFalse();
    }

    @Test
    void otherFailuresDoNotTouchTheKey() {
        fails(Fault.CHANNEL, 0);
        fails(Fault.REQUEST, 0);
        assertThat(begins()).isTrue();
    }

    @Test
    void takesSoManyAtOnceAndSoManyAMinute() {
        assertThat(key.begin("gpt", 2, 3, false, now)).isTrue();
        assertThat(key.begin("gpt", 2, 3, false, now)).isTrue();
        assertThat(key.begin("gpt", 2, 3, false, now)).as("a third at once").isFalse();
        answered();
        assertThat(key.begin("gpt", 2, 3, false, now)).isTrue();
        answered();
        now += 59 * SECOND;
        assertThat(key.begin("gpt", 2, 3, false, now))
                .as("a fourth within a minute")
                .isFalse();
        now += SECOND;
        assertThat(key.begin("gpt", 2, 3, false, now)).isTrue();
    }

    @Test
    void aBusyModelLeavesTheKeyToTheOthersAndARefusedKeyLeavesItToNone() {
        fails(Fault.KEY_BUSY, 60);
        assertThat(key.isUsable("gpt", 0, 0, false, now)).isFalse();
        assertThat(key.isBusy("gpt", now)).isTrue();
        assertThat(key.isUsable("mini", 0, 0, false, now)).isTrue();
        assertThat(key.begin("mini", 0, 0, false, now)).isTrue();
        key.end("mini", Fault.KEY_REFUSED, 0, now);
        assertThat(key.isUsable("mini", 0, 0, false, now)).isFalse();
        assertThat(key.isUsable("other", 0, 0, false, now)).isFalse();
        assertThat(key.isBusy("mini", now)).isFalse();
    }
}
