package io.tollbook.console.channel;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.UploadHandler;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelFiles;
import io.tollbook.kernel.channel.ChannelPlan;
import io.tollbook.kernel.channel.ChannelSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All channels as one file, and a file held against them: first what it would change, then, when confirmed, all of it. */
class FileDialog extends FormDialog {
    private static final int FILE_MAX = 4 * 1024 * 1024;

    private final ChannelFiles files;
    private final Supplier<List<ChannelSummary>> present;
    private final TextArea text = new TextArea("File");
    private final ChangePreview preview = new ChangePreview();
    private final Div others = new Div();
    private @Nullable ChannelPlan plan;

    FileDialog(Visitor visitor, Ids ids, ChannelFiles files, Supplier<List<ChannelSummary>> present, Runnable after) {
        super("channel-file", "Import and export", "Apply");
        this.files = files;
        this.present = present;
        setWidth("900px");
        DownloadHandler handler = event -> {
            event.setFileName("channels.yaml");
            event.setContentType("application/yaml");
            try {
                event.getOutputStream().write(files.write(present.get()).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        Anchor download = new Anchor(handler, "Download all channels as YAML");
        download.setId("file-download");
        download.getElement().setAttribute("download", "channels.yaml");
        broad(Marks.row(download, Marks.dim("without their keys")));
        if (visitor.isAuditor()) {
            saveButton().setVisible(false);
            return;
        }
        Upload upload = new Upload(UploadHandler.inMemory((metadata, bytes) -> {
            text.setValue(new String(bytes, StandardCharsets.UTF_8));
            look();
        }));
        upload.setId("file-upload");
        upload.setMaxFileSize(FILE_MAX);
        upload.setMaxFiles(1);
        upload.setAcceptedFileTypes(".yaml", ".yml");
        text.setId("file-text");
        text.setMinRows(6);
        text.setMaxRows(16);
        text.addClassName("json-field");
        text.getElement().setAttribute("spellcheck", "false");
        text.setPlaceholder("channels:\n  - name: main\n    priority: 10");
        text.setHelperText(
                "A channel is found by its id or name. Fields that are left out stay as they are; nothing is deleted.");
        text.addValueChangeListener(change -> forget());
        Button look = new Button("Show what changes", click -> look());
        look.setId("file-look");
        others.setId("file-others");
        broad(upload, text, look, preview, others);
        saveButton().setEnabled(false);
        onSave(() -> {
            ChannelPlan wanted = Objects.requireNonNull(plan);
            visitor.send(wanted.command(ids, Instant.now()));
            after.run();
            Notices.done((wanted.created().size() + wanted.changed().size()) + " channels made or changed.");
        });
    }

    private void forget() {
        plan = null;
        saveButton().setEnabled(false);
        preview.removeAll();
        others.removeAll();
    }

    private void look() {
        forget();
        try {
            ChannelPlan read = files.read(text.getValue(), present.get());
            plan = read;
            preview.show(read.changed(), read.changed().size());
            for (ChannelPlan.Creation creation : read.created())
                others.add(new Div(
                        Marks.pill("new", Marks.Tone.GOOD),
                        Marks.text(" " + creation.terms().name(), "strong")));
            others.add(
                    Marks.dim(read.created().size() + " new, " + read.changed().size() + " changed, "
                            + read.unchanged().size() + " as they are, "
                            + read.missing().size() + " not in the file"
                            + (read.missing().isEmpty() ? "." : ", which stay: " + names(read.missing()) + ".")));
            saveButton().setEnabled(!read.isEmpty());
        } catch (Refused refused) {
            others.add(Marks.text(refused.getMessage(), "bad"));
        }
    }

    private static String names(List<ChannelSummary> channels) {
        String names = String.join(
                ", ", channels.stream().limit(8).map(one -> one.terms().name()).toList());
        return channels.size() > 8 ? names + " and " + (channels.size() - 8) + " more" : names;
    }
}
