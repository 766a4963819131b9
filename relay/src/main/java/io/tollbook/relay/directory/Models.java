package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import org.springframework.stereotype.Component;

/** Which models are switched off, in memory. */
@Component
public final class Models {
    private final Remembered<Catalogue> catalogue;

    Models(Messages messages, DirectoryChanges changes) {
        catalogue = new Remembered<>(() -> messages.ask(new CatalogueNow(), Actor.RELAY));
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.MODEL || change.kind() == DirectoryChange.Kind.ALL)
                catalogue.forget();
        });
    }

    public boolean isEnabled(String model) {
        return catalogue.get().isEnabled(model);
    }

    /** @throws Refused NOT_FOUND, as for a model that nobody serves */
    public void check(String model) {
        if (!isEnabled(model)) throw new Refused(Refusal.NOT_FOUND, "The model " + model + " is disabled.");
    }
}
