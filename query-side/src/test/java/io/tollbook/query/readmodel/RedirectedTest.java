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
    void aPriceDocumentInQuotesMayBeLong() {
        String document = "'" + "it''s \"views\".views. ".repeat(200_000) + "'";
        assertThat(Redirected.sql("shadow", "update views.x set y = " + document + ", z = views.z"))
                .isEqualTo("update shadow.x set y = " + document + ", z = shadow.z");
    }
}
