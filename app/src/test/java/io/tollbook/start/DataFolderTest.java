package io.tollbook.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void tellsItsProcessWhileItLives() throws IOException {
        Path data = parent.resolve("new/data");

        try (DataFolder folder = DataFolder.take(data)) {
            assertThat(folder.path()).isEqualTo(data.toRealPath());
            assertThat(Files.readString(data.resolve("tollbook.pid")).strip())
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
        assertThat(data.resolve("tollbook.pid")).doesNotExist();
    }

    @Test
    void refusesASecondTollbookAndNamesTheFirst() {
        try (DataFolder _ = DataFolder.take(parent.resolve("data"))) {
            CannotStart refusal = refusal(parent.resolve("data"));

            assertThat(refusal.reason()).isEqualTo(CannotStart.Reason.FOLDER_IN_USE);
            assertThat(refusal.line())
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void isFreeAgainOnceGivenBack() {
        DataFolder.take(parent.resolve("data")).close();
        DataFolder.take(parent.resolve("data")).close();
    }

    @Test
    void takesOverFromAProcessThatWasKilled() throws IOException {
        DataFolder.take(parent.resolve("data")).close();
        Files.writeString(parent.resolve("data/tollbook.pid"), "1\n");

        DataFolder.take(parent.resolve("data")).close();
    }

    @Test
    void refusesAFolderOfAnotherFormatAndLeavesItAsItWas() throws IOException {
        Path data = Files.createDirectory(parent.resolve("data"));
        Files.writeString(data.resolve("tollbook.format"), "2\n");

        CannotStart refusal = refusal(data);

        assertThat(refusal.reason()).isEqualTo(CannotStart.Reason.OTHER_VERSION);
        try (var entries = Files.list(data)) {
            assertThat(entries.map(Path::getFileName).map(Path::toString)).containsExactly("tollbook.format");
        }
    }

    @Test
    void refusesADatabaseOfAnotherMajorVersion() throws IOException {
        Files.createDirectories(parent.resolve("data"));
        try (DataFolder folder = DataFolder.take(parent.resolve("data"))) {
            assertThat(folder.postgres(18)).isEqualTo(folder.path().resolve("postgres-18"));
            Files.createDirectory(folder.path().resolve("postgres-17"));

            CannotStart refusal = catchThrowableOfType(CannotStart.class, () -> folder.postgres(18));

            assertThat(refusal.reason()).isEqualTo(CannotStart.Reason.OTHER_VERSION);
            assertThat(refusal.line()).contains("postgres-17");
        }
    }

    @Test
    void refusesAFolderThatHoldsOtherThings() throws IOException {
        Files.writeString(parent.resolve("thesis.txt"), "mine");

        CannotStart refusal = refusal(parent);

        assertThat(refusal.reason()).isEqualTo(CannotStart.Reason.FOLDER_UNUSABLE);
        try (var entries = Files.list(parent)) {
            assertThat(entries.map(Path::getFileName).map(Path::toString)).containsExactly("thesis.txt");
        }
    }

    @Test
    void takesAFolderWithNothingButAMasterKey() throws IOException {
        Files.writeString(parent.resolve("master.key"), "put back from a backup");

        DataFolder.take(parent).close();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThat(refusal(file).reason()).isEqualTo(CannotStart.Reason.FOLDER_UNUSABLE);
    }

    private static CannotStart refusal(Path folder) {
        return catchThrowableOfType(CannotStart.class, () -> DataFolder.take(folder));
    }
}
