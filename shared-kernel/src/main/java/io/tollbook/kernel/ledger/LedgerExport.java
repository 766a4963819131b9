package io.tollbook.kernel.ledger;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.api.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes what the ledger has to a file of any length, while it is read from the events. */
public interface LedgerExport {
    enum Content {
        POSTINGS,
        BALANCES,
        EVENTS,
        /** A whole set of books for programs that check them; in {@link ExportFormat#BEANCOUNT} or {@link ExportFormat#LEDGER}. */
        JOURNAL;

        public static Content of(String name) {
            for (Content content : values()) if (content.name().equalsIgnoreCase(name)) return content;
            throw Refused.invalid("An export has postings, balances, events or a journal, not “" + name + "”.");
        }
    }

    /**
     * What to write.
     *
     * @param account whose; null for everybody's
     * @param from leaves out what was recorded before; null for the first event
     * @param to leaves out what was recorded then or later; null for the last event
     * @param asOf a cutoff beside {@code to}; what comes first ends it
     */
    record Wish(
            Content content,
            ExportFormat format,
            @Nullable AccountId account,
            @Nullable Instant from,
            @Nullable Instant to,
            Cutoff asOf) {
        public Wish {
            if (format.isTable() == (content == Content.JOURNAL))
                throw Refused.invalid("A journal is written as beancount or ledger, anything else as csv or jsonl.");
            if (from != null && to != null && !from.isBefore(to))
                throw Refused.invalid("The export would end before it begins: “from” must be earlier than “to”.");
        }

        /** The name of the file. */
        public String file() {
            return "tollbook-" + content.name().toLowerCase(java.util.Locale.ROOT)
                    + (account == null ? "" : "-" + account.value()) + "." + format.extension();
        }
    }

    /** What was asked for, allowed and ready. */
    interface Body {
        /** Writes it. The stream is flushed and left open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** @throws Refused if the actor may not see it, or it is too much for its format */
    Body open(Wish wish, Actor actor);
}
