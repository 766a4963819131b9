package io.tollbook.console.token;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.QuotaField;
import io.tollbook.console.page.Snippet;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserProfile;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an API key may do: made anew, one or many, or changed. */
class KeyDialog extends FormDialog {
    private static final int AT_ONCE_MAX = 100;

    private final Visitor visitor;
    private final Keys keys;
    private final @Nullable TokenSummary token;
    private final TextField name = new TextField("Name");
    private final IntegerField quantity = new IntegerField("How many");
    private final Select<Expiry> expiry = new Select<>();
    private final DateTimePicker date = new DateTimePicker("Expires at");
    private final Checkbox unlimited = new Checkbox("No limit of its own");
    private final QuotaField quota = new QuotaField("key-quota", "It may spend");
    private final Select<String> group = new Select<>();
    private final Checkbox limited = new Checkbox("Only some models");
    private final NamesField models;
    private final TextArea addresses = new TextArea("Allowed addresses");

    private enum Expiry {
        NEVER("Never"),
        HOUR("In an hour"),
        DAY("In a day"),
        MONTH("In a month"),
        DATE("At a date…");

        private final String label;

        Expiry(String label) {
            this.label = label;
        }
    }

    /** @param token the key to change; null to make one */
    KeyDialog(Visitor visitor, Keys keys, Site site, @Nullable TokenSummary token, Runnable after) {
        super("key", token == null ? "New API key" : "Edit key", token == null ? "Create" : "Save");
        this.visitor = visitor;
        this.keys = keys;
        this.token = token;
        List<String> offered = visitor.ask(new PricesFor(visitor.user())).offers().stream()
                .map(PriceList.Offer::model)
                .toList();
        models = new NamesField("key-models", "Models", offered);
        Map<String, String> groups = site.usableGroups(visitor.ask(new UserById(visitor.user()))
                .map(UserProfile::group)
                .orElse("default"));
        arrange(groups);
        if (token == null) start(site.startsWithAuto() && groups.containsKey(GroupRules.AUTO) ? GroupRules.AUTO : "");
        else fill(token.terms());
        onSave(() -> {
            save();
            after.run();
        });
    }

    private void arrange(Map<String, String> groups) {
        name.setId("key-name");
        name.setMaxLength(TokenTerms.NAME_MAX);
        name.setAutofocus(true);
        name.setPlaceholder("What will use it?");
        quantity.setId("key-quantity");
        quantity.setMin(1);
        quantity.setMax(AT_ONCE_MAX);
        quantity.setStepButtonsVisible(true);
        quantity.setHelperText("Several get a number after the name");
        quantity.setVisible(token == null);
        expiry.setId("key-expiry");
        expiry.setLabel("Expires");
        expiry.setItems(Expiry.values());
        expiry.setItemLabelGenerator(one -> one.label);
        expiry.addValueChangeListener(change -> date.setVisible(change.getValue() == Expiry.DATE));
        date.setId("key-date");
        unlimited.setId("key-unlimited");
        unlimited.setHelperText("It then spends what the account has");
        unlimited.addValueChangeListener(change -> quota.setVisible(!change.getValue()));
        group.setId("key-group");
        group.setLabel("Group");
        group.setHelperText("Decides the price and which channels answer");
        List<String> choices = new ArrayList<>(List.of(""));
        choices.addAll(groups.keySet());
        group.setItems(choices);
        group.setItemLabelGenerator(one -> one.isEmpty()
                ? "As the user"
                : groups.getOrDefault(one, "").isEmpty() ? one : one + " – " + groups.get(one));
        limited.setId("key-limited");
        limited.addValueChangeListener(change -> models.setVisible(change.getValue()));
        models.setVisible(false);
        addresses.setId("key-addresses");
        addresses.setPlaceholder("10.0.0.0/8\n203.0.113.7");
        addresses.setHelperText("One address or CIDR range a line; empty for all");
        addresses.setMinRows(2);
        fields(name);
        if (token == null) fields(quantity);
        fields(expiry, date, group);
        broad(unlimited, quota, limited, models, addresses);
    }

    private void start(String firstGroup) {
        quantity.setValue(1);
        expiry.setValue(Expiry.NEVER);
        date.setVisible(false);
        unlimited.setValue(true);
        group.setValue(firstGroup);
    }

    private void fill(TokenTerms terms) {
        name.setValue(terms.name());
        expiry.setValue(terms.expiresAt() == null ? Expiry.NEVER : Expiry.DATE);
        date.setValue(Moments.local(terms.expiresAt()));
        date.setVisible(terms.expiresAt() != null);
        unlimited.setValue(terms.remaining() == null);
        quota.setQuota(terms.remaining());
        quota.setVisible(terms.remaining() != null);
        group.setValue(terms.group());
        limited.setValue(terms.modelsLimited());
        models.setNames(terms.models());
        models.setVisible(terms.modelsLimited());
        addresses.setValue(String.join("\n", terms.addresses()));
    }

    private void save() {
        if (token != null) {
            visitor.send(new ChangeToken(
                    token.id(),
                    token.owner(),
                    terms(name.getValue(), token.terms().crossGroupRetry())));
            Notices.done("Key saved.");
            return;
        }
        int count = quantity.getValue() == null ? 1 : quantity.getValue();
        if (count < 1 || count > AT_ONCE_MAX) throw Refused.invalid("Make 1 to " + AT_ONCE_MAX + " keys at once.");
        if (count == 1) {
            show(keys.create(terms(name.getValue(), false)));
            return;
        }
        for (int i = 1; i <= count; i++) keys.create(terms(name.getValue() + "-" + i, false));
        Notices.done(count + " keys created.");
    }

    private TokenTerms terms(String called, boolean crossGroupRetry) {
        List<String> lines = Arrays.stream(addresses.getValue().split("[\\s,]+"))
                .filter(line -> !line.isEmpty())
                .toList();
        return new TokenTerms(
                called,
                expiresAt(),
                unlimited.getValue() ? null : quota.quota(),
                limited.getValue(),
                limited.getValue() ? models.names() : List.of(),
                lines,
                group.getValue() == null ? "" : group.getValue(),
                crossGroupRetry);
    }

    private @Nullable Instant expiresAt() {
        ZonedDateTime now = ZonedDateTime.now(Moments.zone());
        return switch (expiry.getValue()) {
            case NEVER -> null;
            case HOUR -> now.plusHours(1).toInstant();
            case DAY -> now.plusDays(1).toInstant();
            case MONTH -> now.plusMonths(1).toInstant();
            case DATE -> {
                LocalDateTime chosen = date.getValue();
                if (chosen == null) throw Refused.invalid("Choose when the key expires.");
                yield chosen.atZone(Moments.zone()).toInstant();
            }
        };
    }

    private void show(TokenId made) {
        String whole = keys.reveal(made);
        Dialog dialog = new Dialog("Your new key");
        dialog.setId("new-key-shown");
        dialog.setWidth("620px");
        dialog.setMaxWidth("100%");
        Snippet snippet = new Snippet("new-key-value", "key", () -> whole);
        snippet.show(whole);
        dialog.add(new Paragraph("Give it to the program that calls. You can see it again in this list."), snippet);
        Button done = new Button("Done", click -> dialog.close());
        done.setId("new-key-done");
        dialog.getFooter().add(done);
        dialog.open();
    }
}
