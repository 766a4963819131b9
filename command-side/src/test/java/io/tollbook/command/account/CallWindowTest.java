package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallWindowTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final CallWindow minute = new CallWindow(1);

    @Test
    void hasRoomForTheLastOneAndNotForOneMore() {
        for (int i = 0; i < 3; i++) {
            assertThat(wait(3, 10)).isZero();
            begun(10);
        }
        assertThat(wait(3, 10)).isPositive();
    }

    @Test
    void moves() {
        begun(0);
        begun(30);
        // A second is a sixtieth: the call of second 0 lies behind from second 61 on.
        assertThat(wait(2, 60)).isEqualTo(1);
        assertThat(wait(2, 61)).isZero();
        begun(61);
        assertThat(wait(2, 61)).isEqualTo(30);
        assertThat(wait(1, 61)).isEqualTo(61);
        assertThat(wait(2, 91)).isZero();
    }

    @Test
    void saysWhenEnoughLieBehind() {
        for (int second = 0; second < 5; second++) begun(second);
        assertThat(wait(5, 10)).isEqualTo(51);
        assertThat(wait(3, 10)).isEqualTo(53);
        assertThat(wait(1, 10)).isEqualTo(55);
        assertThat(wait(1, 65)).isZero();
    }

    @Test
    void aFailedCallIsNoGoodOne() {
        begun(0);
        begun(1);
        minute.failed(at(1));
        assertThat(minute.secondsUntilRoom(2, true, at(2))).isZero();
        assertThat(minute.secondsUntilRoom(2, false, at(2))).isPositive();
        begun(2);
        assertThat(minute.secondsUntilRoom(2, true, at(3))).isEqualTo(58);
    }

    @Test
    void aCallThatFailsLongAfterwardsChangesNothing() {
        begun(0);
        begun(100);
        minute.failed(at(0));
        assertThat(minute.secondsUntilRoom(1, true, at(100))).isEqualTo(61);
    }

    @Test
    void forgetsAfterAWhileWithoutCalls() {
        for (int i = 0; i < 9; i++) begun(0);
        assertThat(minute.isOver(at(60))).isFalse();
        assertThat(minute.isOver(at(61))).isTrue();
        begun(100_000);
        assertThat(wait(2, 100_000)).isZero();
        assertThat(wait(1, 100_000)).isPositive();
    }

    @Test
    void aClockThatIsALittleBehindCountsTheSame() {
        begun(10);
        begun(8);
        assertThat(wait(2, 9)).isPositive();
    }

    @Test
    void aClockThatWasSetBackBeginsANewWindow() {
        begun(100_000);
        assertThat(wait(1, 0)).isZero();
        begun(0);
        assertThat(wait(1, 0)).isEqualTo(61);
        assertThat(wait(2, 0)).isZero();
    }

    @Test
    void goesOnInAWindowOfAnotherLength() {
        begun(0);
        begun(1);
        minute.failed(at(1));
        CallWindow longer = minute.in(10, at(2));
        assertThat(longer.secondsUntilRoom(2, false, at(2))).isPositive();
        assertThat(longer.secondsUntilRoom(2, true, at(2))).isZero();
        // Ten minutes have slices of ten seconds.
        assertThat(longer.secondsUntilRoom(2, false, at(609))).isEqualTo(1);
        assertThat(longer.secondsUntilRoom(2, false, at(610))).isZero();
        assertThat(longer.in(1, at(2)).secondsUntilRoom(2, false, at(2))).isPositive();
        assertThat(minute.secondsUntilRoom(2, false, at(61))).isZero();
    }

    /** However calls come, no span of the window's length has more than the limit, wherever it begins. */
    @Test
    void noSpanEverHasMoreThanTheLimit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int most = 1 + random.nextInt(20);
        List<Long> let = new ArrayList<>();
        long millis = 0;
        for (int i = 0; i < 20_000; i++) {
            millis += random.nextInt(random.nextInt(20) == 0 ? 30_000 : 2_000);
            Instant at = NOW.plusMillis(millis);
            int wait = minute.secondsUntilRoom(most, false, at);
            if (wait > 0) {
                assertThat(minute.secondsUntilRoom(most, false, at.plusSeconds(wait)))
                        .as("seed %d, call %d", seed, i)
                        .isZero();
                continue;
            }
            minute.begun(at);
            let.add(millis);
            if (let.size() > most)
                assertThat(millis - let.get(let.size() - 1 - most))
                        .as("seed %d, call %d", seed, i)
                        .isGreaterThan(60_000);
        }
        assertThat(let).hasSizeGreaterThan(most);
    }

    private int wait(int most, int second) {
        return minute.secondsUntilRoom(most, false, at(second));
    }

    private void begun(int second) {
        minute.begun(at(second));
    }

    private static Instant at(int second) {
        return NOW.plusSeconds(second);
    }
}
