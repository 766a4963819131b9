package io.tollbook.kernel;

import java.util.function.Consumer;

/** Where nodes hear of {@link DirectoryChange}s. */
public interface DirectoryChanges {
    void subscribe(Consumer<DirectoryChange> listener);
}
