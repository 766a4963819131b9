package io.tollbook.command.account;

import io.tollbook.command.Writer;
import io.tollbook.command.settings.SiteSettings;

/** Changes of quota by hand on a test's writer. */
public final class AdjustmentHandlers {
    private AdjustmentHandlers() {}

    public static void on(Writer writer, SiteSettings settings, Owners owners) {
        writer.handler(new AdjustmentCommands(
                writer.accounts(),
                writer.repository(Adjustment.class),
                new SecondPerson(writer.repository(ChangesAlone.class), settings),
                owners));
    }
}
