package io.tollbook.query.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CostsTest {
    private static String sample(String name) throws IOException {
        return Files.readString(Path.of("../shared-kernel/src/test/resources/events", name))
                .strip();
    }

    @Test
    void nothingElseIsTaken() throws IOException {
        String costed = sample("account.usage-settled.1+costed.json");
        assertThat(costed).contains("nanoUsd");
        assertThat(Costs.withheld(costed))
                .isEqualTo(sample("account.usage-settled.1.json").replace("01k9x2", "01k9xa"));
    }

    @Test
    void whatOnlyLooksLikeOneStays() {
        String named = "{\"model\":\"a,\\\"cost\\\":{1}\",\"held\":1}";
        assertThat(Costs.withheld(named)).isEqualTo(named);
    }
}
