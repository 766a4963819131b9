package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class NodesTest {
    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());

    @BeforeEach
    void empty() {
        jdbc.sql("truncate events.node").update();
    }

    @Test
    void aNodeSeesItselfAndItsNeighbours() {
        Nodes first = new Nodes(jdbc, "first", false);
        Nodes second = new Nodes(jdbc, "second", false);

        assertThat(first.living()).containsExactlyInAnyOrder("first", "second");
        assertThat(second.living()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whoOwnsTheDatabaseAloneKnowsAllOthersAreDead() {
        new Nodes(jdbc, "before-the-crash", false);

        assertThat(new Nodes(jdbc, "after", true).living()).containsExactly("after");
    }

    @Test
    void aNodeLivesForItselfEvenIfItsSignIsGone() {
        Nodes node = new Nodes(jdbc, "first", false);
        jdbc.sql("truncate events.node").update();

        assertThat(node.living()).containsExactly("first");
    }
}
