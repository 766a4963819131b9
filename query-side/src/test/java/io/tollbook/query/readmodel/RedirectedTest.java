package io.tollbook.query.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            merge into views.balance b using views.x       | merge into shadow.balance b using shadow.x
            insert into "views"."token" ("views") values   | insert into shadow."token" ("views") values
            select 'views.balance', 'it''s views.' from a  | select 'views.balance', 'it''s views.' from a
            select reviews.id from reviews                 | select reviews.id from reviews
            """)
    void sendsTheLiveSchemaElsewhereAndLeavesValuesAlone(String sql, String redirected) {
        assertThat(Redirected.sql("shadow", sql)).isEqualTo(redirected);
    }

    @Test
    void aLongValueStaysToo() {
        String value = "'" + "it''s in views. ".repeat(200_000) + "'";
        assertThat(Redirected.sql("shadow", "insert into views.t values (" + value + ")"))
                .isEqualTo("insert into shadow.t values (" + value + ")");
    }
}
