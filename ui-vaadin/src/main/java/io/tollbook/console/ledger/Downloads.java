package io.tollbook.console.ledger;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.ledger.Cutoff;
import io.tollbook.kernel.ledger.LedgerExport;
import io.tollbook.kernel.ledger.LedgerExport.Content;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files that can be taken away, each a link; written while they are fetched. */
final class Downloads {
    private Downloads() {}

    /** @param account whose; null for everybody's */
    static Div all(LedgerExport export, Visitor visitor, @Nullable AccountId account, Cutoff cutoff) {
        Div all = new Div();
        all.setId("downloads");
        all.addClassName("book-files");
        for (Content content : new Content[] {Content.POSTINGS, Content.BALANCES, Content.EVENTS})
            all.add(line(export, visitor, account, cutoff, content, ExportFormat.CSV, ExportFormat.JSON_LINES));
        all.add(line(export, visitor, account, cutoff, Content.JOURNAL, ExportFormat.BEANCOUNT, ExportFormat.LEDGER));
        return all;
    }

    private static Div line(
            LedgerExport export,
            Visitor visitor,
            @Nullable AccountId account,
            Cutoff cutoff,
            Content content,
            ExportFormat... formats) {
        Div line = Marks.row(Marks.dim(words(content)));
        for (ExportFormat format : formats) {
            LedgerExport.Wish wish = new LedgerExport.Wish(content, format, account, null, null, cutoff);
            DownloadHandler handler = event -> send(export.open(wish, visitor.actor()), wish, event);
            Anchor link = new Anchor(handler, name(format));
            link.setId("download-" + content.name().toLowerCase(Locale.ROOT) + "-" + format.extension());
            line.add(link);
        }
        return line;
    }

    private static void send(LedgerExport.Body body, LedgerExport.Wish wish, DownloadEvent event) throws IOException {
        event.setFileName(wish.file());
        event.setContentType(wish.format().contentType());
        body.writeTo(event.getOutputStream());
    }

    private static String words(Content content) {
        return switch (content) {
            case POSTINGS -> "Postings";
            case BALANCES -> "Balances";
            case EVENTS -> "Events";
            case JOURNAL -> "Journal with balance assertions";
        };
    }

    private static String name(ExportFormat format) {
        return switch (format) {
            case CSV -> "CSV";
            case JSON_LINES -> "JSON Lines";
            case BEANCOUNT -> "beancount";
            case LEDGER -> "hledger, ledger";
        };
    }
}
