package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever ends a call early, whoever does it and when: what is charged and what the client sees is what the docs say. */
class AbortMatrixTest {
    private static final int PIECES_MAX = 1_000_000;

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @RegisterExtension
    private static final PublishedTable table = new PublishedTable("concepts/broken-calls.md", "## The policy", 3);

    private enum Fault {
        CLIENT("the client leaves"),
        CLIENT_LOST("the client leaves, and nothing is read on"),
        RESET("the connection breaks"),
        ERROR("the provider reports an error"),
        NO_USAGE("the provider ends without usage");

        private final String label;

        Fault(String label) {
            this.label = label;
        }
    }

    /** How many pieces of the answer came before. */
    private enum Moment {
        HEADERS("before the headers"),
        BEGINNING("before a word"),
        MIDDLE("in the middle"),
        USAGE("before the usage"),
        END("behind the usage");

        private final String label;

        Moment(String label) {
            this.label = label;
        }
    }

    private record Cell(boolean stream, Fault fault, Moment moment, Spelled client, Spelled provider) {
        String row() {
            return (stream ? "streamed" : "whole") + " | " + fault.label + " | " + moment.label;
        }

        boolean isImpossible() {
            // Nothing behind the headers of a whole answer is an answer of its own.
            return !stream && fault == Fault.ERROR && moment.ordinal() > 1
                    // What comes whole is read to its end, and behind its last word nothing is left to read on for.
                    || fault == Fault.CLIENT_LOST && (!stream || moment.ordinal() > 2);
        }

        boolean leaves() {
            return fault == Fault.CLIENT || fault == Fault.CLIENT_LOST;
        }

        @Override
        public String toString() {
            return client.label + " over " + provider.label + ", " + row();
        }
    }

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (boolean stream : new boolean[] {true, false})
            for (Fault fault : Fault.values())
                for (Moment moment : Moment.values())
                    for (Spelled provider : Spelled.values())
                        for (Spelled client : Spelled.values()) {
                            Cell cell = new Cell(stream, fault, moment, client, provider);
                            if (!cell.isImpossible()) cells.add(cell);
                        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void cells(Cell cell) throws Exception {
        cell.provider.serve(site);
        if (cell.fault == Fault.CLIENT_LOST) site.set(Option.DRAIN_SECONDS, 0);
        String seen;
        try (Client client = site.call(cell.client.path(cell.stream), cell.client.ask(cell.stream))) {
            Provider.Asked asked = site.first.next();
            if (cell.leaves()) {
                leave(cell, client, asked);
                seen = "";
            } else {
                try {
                    if (cell.stream) stream(cell, asked);
                    else whole(cell, asked);
                } catch (IOException e) {
                    // The relay had heard enough.
                }
                asked.close();
                seen = ", " + seen(cell, client);
            }
        }
        table.check(cell.row(), cell.provider.label, charged(cell) + seen);
    }

    @Test
    void thePageHasEveryCell() {
        assertThat(table.rows())
                .containsExactlyElementsOf(cells().map(Cell::row).distinct().toList());
        assertThat(table.columns())
                .containsExactlyElementsOf(
                        Stream.of(Spelled.values()).map(one -> one.label).toList());
    }

    /** The provider does not see that somebody left, and goes on. */
    private static void leave(Cell cell, Client client, Provider.Asked asked) throws IOException {
        List<String> pieces = cell.provider.answer().pieces();
        int before = cell.moment.ordinal();
        if (!cell.stream) {
            String whole = cell.provider.answer().whole();
            int from = before == 0
                    ? 0
                    : cell.provider.answer().wholeUntil(before - 1).length();
            asked.wholeHead(whole.length());
            asked.send(whole.substring(0, from));
            client.hangUp();
            asked.send(whole.substring(from));
            return;
        }
        if (before > 0) asked.streamHead();
        for (String piece : pieces.subList(0, before)) asked.chunk(piece);
        if (cell.fault == Fault.CLIENT_LOST) {
            // What is sent at once may be taken for one piece.
            client.hangUp();
            if (before == 0) {
                asked.streamHead();
                asked.chunk(pieces.getFirst());
            }
            lose(pieces.get(1), asked);
            return;
        }
        client.hangUp();
        if (before == 0) asked.streamHead();
        for (String piece : pieces.subList(before, pieces.size())) asked.chunk(piece);
        asked.end();
    }

    /** Goes on and on, until the relay has cut it. */
    private static void lose(String piece, Provider.Asked asked) {
        try {
            for (int i = 0; i < PIECES_MAX; i++) asked.chunk(piece);
        } catch (IOException cut) {
            return;
        }
        throw new AssertionError("the relay read on");
    }

    private static void stream(Cell cell, Provider.Asked asked) throws IOException {
        int before = cell.moment.ordinal();
        if (before == 0) {
            beforeHeaders(cell, asked);
            return;
        }
        asked.streamHead();
        List<String> pieces = cell.provider.answer().pieces();
        boolean complete = cell.fault == Fault.NO_USAGE && before >= Moment.USAGE.ordinal();
        for (String piece : complete ? pieces : pieces.subList(0, before))
            asked.chunk(complete && cell.moment == Moment.USAGE ? cell.provider.withoutUsage(piece) : piece);
        if (cell.fault == Fault.ERROR) asked.chunk(cell.provider.error());
        if (cell.fault != Fault.RESET) asked.end();
    }

    private static void whole(Cell cell, Provider.Asked asked) throws IOException {
        int before = cell.moment.ordinal();
        if (before == 0) {
            beforeHeaders(cell, asked);
            return;
        }
        Spelled.Answer answer = cell.provider.answer();
        switch (cell.fault) {
            case ERROR -> asked.whole(200, cell.provider.errorBody());
            case NO_USAGE -> {
                switch (cell.moment) {
                    case USAGE -> asked.whole(200, answer.withoutUsage());
                    case END -> asked.whole(200, answer.whole());
                    default -> asked.whole(200, answer.wholeUntil(before - 1));
                }
            }
            default -> {
                asked.wholeHead(answer.whole().length());
                asked.send(answer.wholeUntil(before - 1));
            }
        }
    }

    private static void beforeHeaders(Cell cell, Provider.Asked asked) throws IOException {
        if (cell.fault == Fault.ERROR) asked.whole(500, cell.provider.errorBody());
        if (cell.fault == Fault.NO_USAGE) asked.whole(200, "");
    }

    private static String seen(Cell cell, Client client) throws IOException {
        Client.Answer answer = client.answer();
        if (answer.status() != 200) {
            assertThat(answer.status()).isBetween(500, 599);
            assertThat(answer.error().isObject()).isTrue();
            if (cell.stream)
                assertThat(cell.moment.ordinal()).as("nothing was seen before").isLessThan(2);
            return "error";
        }
        if (!cell.stream) {
            assertThat(JsonMapper.shared().readTree(answer.bytes()).isObject()).isTrue();
            assertThat(answer.body()).contains("Hello there");
            return "whole";
        }
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        return cell.client.seen(answer.body());
    }

    /** In one word; the number of tokens is what that word says. */
    private static String charged(Cell cell) {
        site.awaitIdle();
        site.ledger.hold();
        if (site.ledger.hasReleases()) {
            site.released();
            return "nothing";
        }
        SettleUsage settlement = site.settled();
        long output = settlement.meters().of(Meter.OUTPUT);
        assertThat(settlement.meters().of(Meter.INPUT)).isPositive();
        if (settlement.provenance() == Provenance.ESTIMATED) {
            if (!cell.leaves()) assertThat(output).isEqualTo(cell.moment.ordinal() < 3 ? 2 : 3);
            return "counted";
        }
        assertThat(settlement.provenance()).isIn(Provenance.REPORTED, Provenance.DRAINED);
        if (output == 7) return "reported";
        if (cell.leaves()) assertThat(output).isLessThan(3);
        else assertThat(output).isEqualTo(cell.moment.ordinal() < 3 ? 2 : 3);
        return "reported so far";
    }
}
