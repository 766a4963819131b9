package io.tollbook.console.user;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.frame.Quiet;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.Usernames;

/** Gives the visitor a new password. Every session ends with the old one. */
@Route(value = "password", layout = Quiet.class)
@PageTitle("Change password · Tollbook")
@OpenTo(value = Role.USER, auditors = true)
class PasswordView extends Main {
    private final Visitor visitor;
    private final Sessions sessions;
    private final PasswordField old = new PasswordField("Present password");
    private final PasswordField fresh = new PasswordField("New password");
    private final PasswordField again = new PasswordField("New password again");

    PasswordView(Visitor visitor, Sessions sessions) {
        this.visitor = visitor;
        this.sessions = sessions;
        addClassName("quiet-form");
        old.setId("password-old");
        old.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        old.setAutofocus(true);
        fresh.setId("password-new");
        fresh.setAutocomplete(Autocomplete.NEW_PASSWORD);
        fresh.setHelperText("At least " + Usernames.PASSWORD_MIN + " characters. You sign in anew afterwards.");
        again.setId("password-again");
        again.setAutocomplete(Autocomplete.NEW_PASSWORD);
        Button save = new Button("Change password", click -> Notices.attempt(this::change));
        save.setId("password-save");
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER);
        Button back = new Button("Cancel", click -> UI.getCurrent().navigate(""));
        back.addThemeVariants(ButtonVariant.TERTIARY);
        back.setId("password-cancel");
        add(new H1("Change password"), old, fresh, again, save, back);
    }

    private void change() {
        UserId user = visitor.user();
        if (!fresh.getValue().equals(again.getValue())) throw Refused.invalid("The two new passwords differ.");
        Usernames.checkPassword(fresh.getValue());
        if (!sessions.matches(user, new Secret(old.getValue())))
            throw new Refused(Refusal.WRONG_CREDENTIALS, "This is not your present password.");
        visitor.send(new ChangePassword(user, sessions.hash(new Secret(fresh.getValue()))));
        visitor.signOut();
        UI.getCurrent().getPage().setLocation("sign-in");
    }
}
