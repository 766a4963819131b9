package io.tollbook.bench.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.load.Call;
import io.tollbook.bench.load.Call.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may become of calls when something is killed. */
class TruthUnderKillTest {
    private static final int STREAMS = 100;

    @Test
    void aKilledGatewayCutsCallsAndLeavesHolds() {
        assertThat(TruthUnderKill.endedByKill(killed(50), 25, STREAMS)).isEmpty();
        assertThat(TruthUnderKill.endedByKill(killed(49), 25, STREAMS)).hasSize(1);
        assertThat(TruthUnderKill.endedByKill(killed(50), 24, STREAMS)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500, COMPLETE", "403, COMPLETE", "503, COMPLETE", "200, TIMED_OUT"})
    void aKilledGatewayAnswersNothingWrong(int status, Ending ending) {
        List<Call> calls = killed(50);
        calls.add(call(status, ending, true));

        assertThat(TruthUnderKill.endedByKill(calls, 25, STREAMS)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, COMPLETE, false, 0",
        "200, HUNG_UP,  false, 0",
        "503, COMPLETE, true,  0",
        "503, COMPLETE, false, 1",
        "500, COMPLETE, true,  1",
        "200, CUT,      false, 1",
        "0,   CUT,      false, 1"
    })
    void withoutItsDatabaseTheGatewayRefusesOrAnswersWhole(int status, Ending ending, boolean later, int faults) {
        assertThat(TruthUnderKill.endedWell(List.of(call(status, ending, later)), 0))
                .hasSize(faults);
    }

    @Test
    void aGatewayThatLivesGivesNoHoldUp() {
        assertThat(TruthUnderKill.endedWell(List.of(), 1)).hasSize(1);
    }

    private static List<Call> killed(int cut) {
        List<Call> calls = new ArrayList<>(List.of(
                call(200, Ending.COMPLETE, false),
                call(200, Ending.HUNG_UP, false),
                call(0, Ending.UNREACHABLE, false)));
        Stream.generate(() -> call(200, Ending.CUT, false)).limit(cut).forEach(calls::add);
        return calls;
    }

    private static Call call(int status, Ending ending, boolean retryAfter) {
        return new Call(0, 0, status, ending, null, null, null, retryAfter, false, 0, 0, 0, 0);
    }
}
