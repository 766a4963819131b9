package io.tollbook.command.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.TestDatabase;
import io.tollbook.kernel.secret.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class SubjectVaultTest {
    private static final String ONE_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

    @TempDir
    Path data;

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());

    @BeforeEach
    void empty() {
        jdbc.sql("truncate events.subject_key").update();
    }

    private SubjectVault vault() {
        return SubjectVault.open(jdbc, data, name -> null);
    }

    private SubjectVault vaultWith(String key) {
        return SubjectVault.open(jdbc, data, name -> key);
    }

    @Test
    void opensWhatItSealed() {
        Sealed sealed = vault().seal("user-17", "ann@example.org");

        assertThat(vault().open(sealed)).contains("ann@example.org");
        assertThat(sealed.toString()).doesNotContain("ann");
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        SubjectVault vault = vault();

        assertThat(vault.seal("user-17", "ann")).isNotEqualTo(vault.seal("user-17", "ann"));
    }

    @Test
    void oneSubjectCannotReadWhatBelongsToAnother() {
        SubjectVault vault = vault();
        Sealed sealed = vault.seal("user-17", "ann");
        vault.prepare("user-18");

        assertThatThrownBy(() -> vault.open(new Sealed("user-18", sealed.cipher())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("user-18");
    }

    @Test
    void aKeyMovedToAnotherSubjectOpensNothing() {
        SubjectVault vault = vault();
        Sealed sealed = vault.seal("user-17", "ann");
        jdbc.sql("update events.subject_key set subject = 'user-18' where subject = 'user-17'")
                .update();

        assertThatThrownBy(() -> vault().open(new Sealed("user-18", sealed.cipher())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void destroyingTheKeyErasesWhatWasSealed() {
        SubjectVault vault = vault();
        Sealed ann = vault.seal("user-17", "ann");
        Sealed bob = vault.seal("user-18", "bob");

        vault.destroy("user-17");

        assertThat(vault.open(ann)).isEmpty();
        assertThat(vault().open(ann)).isEmpty();
        assertThat(vault.open(bob)).contains("bob");
    }

    @Test
    void fingerprintsAreStableAndTellPurposesApart() {
        String fingerprint = vault().fingerprint("key", "abc");

        assertThat(fingerprint).hasSize(64).matches("[0-9a-f]+");
        assertThat(vault().fingerprint("key", "abc")).isEqualTo(fingerprint);
        assertThat(vault().fingerprint("key", "abd")).isNotEqualTo(fingerprint);
        assertThat(vault().fingerprint("session", "abc")).isNotEqualTo(fingerprint);
    }

    @Test
    void makesAKeyFileForItsOwnerOnly() throws IOException {
        vault();

        Path file = data.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
    }

    @Test
    void theEnvironmentsKeyWinsAndLeavesNoFile() {
        vaultWith(ONE_KEY);

        assertThat(data.resolve("master.key")).doesNotExist();
    }

    @Test
    void refusesToStartWithAnotherKey() {
        Sealed sealed = vaultWith(ONE_KEY).seal("site", "secret");

        assertThatThrownBy(() -> vaultWith(OTHER_KEY))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("not the one this database was sealed with");
        assertThat(vaultWith(ONE_KEY).open(sealed)).contains("secret");
    }

    @Test
    void refusesToStartWithoutTheKeyOfThisDatabase() throws IOException {
        vault();
        Files.delete(data.resolve("master.key"));

        assertThatThrownBy(this::vault).isInstanceOf(MasterKeyException.class).hasMessageContaining("is missing");
        assertThat(data.resolve("master.key")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoKey() {
        for (String bad : List.of("hello", "AAAA", ONE_KEY + "AAAA", "ключ"))
            assertThatThrownBy(() -> vaultWith(bad))
                    .isInstanceOf(MasterKeyException.class)
                    .hasMessageContaining("32 bytes in Base64");
    }

    @Test
    void twoNodesThatMeetANewSubjectAtOnceShareOneKey() throws Exception {
        List<SubjectVault> nodes = IntStream.range(0, 8).mapToObj(i -> vault()).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Sealed>> seals = nodes.stream()
                    .<Callable<Sealed>>map(node -> () -> node.seal("user-17", "ann"))
                    .toList();
            for (Future<Sealed> sealed : threads.invokeAll(seals))
                for (SubjectVault node : nodes)
                    assertThat(node.open(sealed.get())).contains("ann");
        }
    }
}
