package io.tollbook.bench.books;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventBookTest {
    private final EventBook book = new EventBook();

    @BeforeEach
    void grant() {
        add("quota-granted", "'amount':100,'available':100");
    }

    @Test
    void hasNoFaultWhereEachHoldEndsOnce() {
        hold("h1", 30, 70);
        hold("h2", 70, 0);
        settle("h1", 30, 10, 20);
        release("h2", 70, 90);

        assertThat(book.faults).isEmpty();
        assertThat(book.openHolds).isEmpty();
        assertThat(book.unresolved()).containsExactly("h2");
        assertThat(book.accounts.get(1L).remaining()).isEqualTo(90);
    }

    @Test
    void countsADecisionOnceAndTakesItBack() {
        hold("h1", 30, 70);
        release("h1", 30, 100);
        add("call-resolved", "'hold':'h1','resolution':'CHARGED','held':30,'charged':20,'available':80");

        assertThat(book.faults).isEmpty();
        assertThat(book.undecided()).isEmpty();
        assertThat(book.unresolved()).containsExactly("h1");
        assertThat(book.accounts.get(1L).remaining()).isEqualTo(80);

        add("call-reopened", "'hold':'h1','resolution':'CHARGED','returned':20,'available':100");
        assertThat(book.faults).isEmpty();
        assertThat(book.undecided()).containsExactly("h1");
    }

    @Test
    void seesASecondDecisionAndOneThatTakesTooMuch() {
        hold("h1", 30, 70);
        release("h1", 30, 100);
        add("call-resolved", "'hold':'h1','resolution':'CHARGED','held':30,'charged':31,'available':69");
        add("call-resolved", "'hold':'h1','resolution':'WRITTEN_OFF','held':30,'charged':0,'available':69");

        assertThat(book.faults).hasSize(2);
    }

    @Test
    void keepsAHoldOpenThatNobodyEnds() {
        hold("h1", 30, 70);

        assertThat(book.openHolds).containsOnlyKeys("h1");
    }

    @Test
    void seesAHoldThatIsMadeAgainAfterItsEnd() {
        hold("h1", 30, 70);
        release("h1", 30, 100);
        hold("h1", 30, 70);

        assertThat(book.faults).containsExactly("the hold h1 was made twice");
    }

    @Test
    void seesASecondEnd() {
        hold("h1", 30, 70);
        settle("h1", 30, 10, 90);
        release("h1", 30, 90);

        assertThat(book.faults).containsExactly("the hold h1 was resolved without being open");
    }

    @Test
    void seesAnEndThatGivesMoreBackThanWasHeld() {
        hold("h1", 30, 70);
        release("h1", 31, 100);

        assertThat(book.faults).containsExactly("the hold h1 was made with 30 and resolved with 31");
    }

    @Test
    void seesABalanceBelowZero() {
        hold("h1", 101, -1);

        assertThat(book.faults).containsExactly("account 1 fell to -1 by account.funds-held");
    }

    @Test
    void seesABalanceThatIsNotWhatTheSumsSay() {
        hold("h1", 30, 70);
        settle("h1", 30, 10, 91);

        assertThat(book.faults).singleElement().asString().startsWith("account 1 does not balance");
    }

    private void hold(String hold, long amount, long available) {
        add("funds-held", "'hold':'" + hold + "','amount':" + amount + ",'available':" + available);
    }

    private void settle(String hold, long held, long charged, long available) {
        add(
                "usage-settled",
                "'hold':'" + hold + "','held':" + held + ",'charged':" + charged + ",'available':" + available);
    }

    private void release(String hold, long amount, long available) {
        add(
                "hold-released",
                "'hold':'" + hold + "','amount':" + amount + ",'cause':'LEASE_ENDED','available':" + available);
    }

    private void add(String name, String fields) {
        book.add(
                "account." + name,
                JsonMapper.shared()
                        .readTree("{'account':1,%s}".formatted(fields).replace('\'', '"')));
    }
}
