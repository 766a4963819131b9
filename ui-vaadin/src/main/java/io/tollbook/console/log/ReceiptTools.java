package io.tollbook.console.log;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.log.Receipt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Gives a receipt away: into the clipboard, or as a file. */
final class ReceiptTools {
    private ReceiptTools() {}

    static Component of(Receipt receipt) {
        Anchor file = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] bytes = receipt.document().getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(bytes), name(receipt), "application/json", bytes.length);
                }),
                "Download receipt");
        file.setId("receipt-download");
        file.getElement().setAttribute("download", name(receipt));
        Div tools = new Div(
                Tool.plain(
                        "receipt-copy",
                        "Copy receipt",
                        Glyph.COPY,
                        click -> Notices.attempt(() -> Clip.copy(receipt.document(), "Receipt"))),
                file);
        tools.addClassName("receipt-tools");
        return tools;
    }

    private static String name(Receipt receipt) {
        return "receipt-" + receipt.position() + ".json";
    }
}
