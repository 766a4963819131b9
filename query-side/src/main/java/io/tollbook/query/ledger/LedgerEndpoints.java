package io.tollbook.query.ledger;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.ledger.Cutoff;
import io.tollbook.kernel.ledger.LedgerExport;
import io.tollbook.kernel.ledger.LedgerPosition;
import io.tollbook.kernel.ledger.LedgerPositionOf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** The ledger for programs: balances of any moment, and files for finance. */
@RestController
class LedgerEndpoints {
    private final Messages messages;
    private final LedgerExports exports;

    LedgerEndpoints(Messages messages, LedgerExports exports) {
        this.messages = messages;
        this.exports = exports;
    }

    /** Written while it is counted, so it takes no more memory for a million accounts than for one. */
    @GetMapping({"/ledger/balances", "/api/ledger/balances"})
    void balances(
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable Long account,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        actor.signedIn();
        AccountId holder = account == null ? null : new AccountId(account);
        LedgerPosition at = messages.ask(new LedgerPositionOf(holder, Cutoff.parse(asOf)), actor);
        response.setContentType("application/json;charset=utf-8");
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), response.getOutputStream())) {
            write(json, holder, at);
        } catch (JacksonIOException e) {
            // The client has gone away, which is no fault of ours.
            throw e.getCause();
        }
    }

    private void write(JsonGenerator json, @Nullable AccountId holder, LedgerPosition at) throws IOException {
        json.writeStartObject();
        json.writeBooleanProperty("success", true);
        json.writeStringProperty("message", "");
        json.writeName("data");
        json.writeStartObject();
        json.writeNumberProperty("position", at.position());
        Instant recordedAt = at.recordedAt();
        json.writeStringProperty("recorded_at", recordedAt == null ? "" : recordedAt.toString());
        json.writeName("balances");
        json.writeStartArray();
        exports.balances(holder, at, (whose, name, commodity, balance) -> {
            json.writeStartObject();
            json.writeStringProperty("account", name);
            json.writeStringProperty("commodity", commodity);
            json.writeStringProperty("balance", balance.toPlainString());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
    }

    @GetMapping("/api/ledger/export/{content}.{format}")
    void export(
            @PathVariable String content,
            @PathVariable String format,
            @RequestParam(required = false) @Nullable Long account,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String asOf,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        actor.signedIn();
        LedgerExport.Wish wish = new LedgerExport.Wish(
                LedgerExport.Content.of(content),
                ExportFormat.of(format),
                account == null ? null : new AccountId(account),
                moment("from", from),
                moment("to", to),
                Cutoff.parse(asOf));
        LedgerExport.Body body = exports.open(wish, actor);
        response.setContentType(wish.format().contentType());
        response.setHeader("Content-Disposition", "attachment; filename=\"" + wish.file() + "\"");
        body.writeTo(response.getOutputStream());
    }

    private static @Nullable Instant moment(String name, @Nullable String text) {
        if (text == null || text.isBlank()) return null;
        Instant moment = Cutoff.parse(text).moment();
        if (moment == null)
            throw Refused.invalid("The parameter “" + name + "” is a time with its offset, like 2030-01-31T00:00:00Z.");
        return moment;
    }
}
