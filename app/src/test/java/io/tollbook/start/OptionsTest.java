package io.tollbook.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void hasADefaultForEverything() {
        Options options = parse(Map.of());

        assertThat(options).isEqualTo(new Options(8080, Path.of("./data"), null, false));
    }

    @Test
    void takesEveryOption() {
        Options options =
                parse(Map.of(), "--port=1", "--data=books", "--db=postgres://ann:secret@db:5433/tolls", "--demo");

        assertThat(options.port()).isEqualTo(1);
        assertThat(options.data()).isEqualTo(Path.of("books"));
        assertThat(options.demo()).isTrue();
        assertThat(options.database()).isNotNull().satisfies(database -> {
            assertThat(database.url()).isEqualTo("jdbc:postgresql://db:5433/tolls");
            assertThat(database.user()).isEqualTo("ann");
            assertThat(database.password().reveal()).isEqualTo("secret");
        });
    }

    @Test
    void takesTheEnvironmentWhereNoOptionIsGiven() {
        Options options = parse(
                Map.of("PORT", "3000", "SQL_DSN", "postgresql://ann@db/tolls", "TOLLBOOK_DATA", "books"),
                "--port=3001");

        assertThat(options.port()).isEqualTo(3001);
        assertThat(options.data()).isEqualTo(Path.of("books"));
        assertThat(options.database()).isNotNull();
    }

    @Test
    void keepsItsOwnDatabaseForAnEmptyOrLocalAddress() {
        assertThat(parse(Map.of("SQL_DSN", " ")).database()).isNull();
        assertThat(parse(Map.of("SQL_DSN", "local")).database()).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --verbose,             Unknown option --verbose
            --prot=1,              Unknown option --prot
            start,                 Unknown option start
            --port,                --port needs a value
            --port=,               --port needs a value
            --port=65536,          from 1 to 65535
            --port=-1,             from 1 to 65535
            --port=eighty,         from 1 to 65535
            --demo=yes,            --demo takes no value
            --db=mysql://a@b/c,    in PostgreSQL
            --db=root:pw@tcp(db)/x, in PostgreSQL
            --db=postgres://db/x,  needs user
            --db=postgres://a@db,  needs user
            """)
    void refusesWhatItDoesNotUnderstand(String argument, String line) {
        CannotStart refusal = catchThrowableOfType(CannotStart.class, () -> parse(Map.of(), argument));

        assertThat(refusal.reason().exitCode()).isEqualTo(2);
        assertThat(refusal.line()).contains(line).doesNotContain("\n");
    }

    @Test
    void refusesAnOptionGivenTwice() {
        CannotStart refusal = catchThrowableOfType(CannotStart.class, () -> parse(Map.of(), "--port=1", "--port=2"));

        assertThat(refusal.line()).contains("twice");
    }

    @Test
    void neverRepeatsAPasswordItCannotRead() {
        CannotStart refusal =
                catchThrowableOfType(CannotStart.class, () -> parse(Map.of(), "--db=postgres://ann:se cret@db/tolls"));

        assertThat(refusal.line()).doesNotContain("cret");
        assertThat(parse(Map.of(), "--db=postgres://ann:secret@db/tolls").toString())
                .doesNotContain("secret");
    }

    @Test
    void decodesSpecialCharactersInThePassword() {
        Options options = parse(Map.of(), "--db=postgres://ann:a%40b+c%2F@db/tolls?sslmode=disable");

        assertThat(options.database()).isNotNull().satisfies(database -> {
            assertThat(database.password().reveal()).isEqualTo("a@b+c/");
            assertThat(database.url()).isEqualTo("jdbc:postgresql://db:5432/tolls?sslmode=disable");
            assertThat(database.name()).isEqualTo("db:5432/tolls");
        });
    }

    private static Options parse(Map<String, String> environment, String... arguments) {
        return Options.parse(List.of(arguments), environment);
    }
}
