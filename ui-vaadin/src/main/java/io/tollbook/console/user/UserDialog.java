package io.tollbook.console.user;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.QuotaField;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.Usernames;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is said about a user: made anew, or changed. */
class UserDialog extends FormDialog {
    private final Visitor visitor;
    private final Sessions sessions;
    private final Ids ids;
    private final @Nullable UserProfile user;
    private final TextField username = new TextField("Username");
    private final TextField displayName = new TextField("Display name");
    private final PasswordField password = new PasswordField("Password");
    private final Select<Role> role = new Select<>();
    private final Select<String> group = new Select<>();
    private final QuotaField opening = new QuotaField("user-quota", "Opening balance");
    private final TextField remark = new TextField("Remark");

    /** @param user the user to change; null to make one */
    UserDialog(Visitor visitor, Sessions sessions, Site site, Ids ids, @Nullable UserProfile user, Runnable after) {
        super("user", user == null ? "New user" : "Edit " + user.username(), user == null ? "Create" : "Save");
        this.visitor = visitor;
        this.sessions = sessions;
        this.ids = ids;
        this.user = user;
        username.setId("user-username");
        username.setMaxLength(Usernames.LENGTH_MAX);
        username.setRequiredIndicatorVisible(true);
        username.setAutofocus(true);
        username.setAutocomplete(Autocomplete.OFF);
        displayName.setId("user-display-name");
        displayName.setMaxLength(Usernames.LENGTH_MAX);
        displayName.setHelperText("Empty for the username");
        password.setId("user-password");
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setRequiredIndicatorVisible(user == null);
        password.setHelperText(
                user == null
                        ? "At least " + Usernames.PASSWORD_MIN + " characters"
                        : "Empty keeps the present one. A new one ends all sessions.");
        role.setId("user-role");
        role.setLabel("Role");
        role.setItems(visitor.isAtLeast(Role.ROOT) ? List.of(Role.USER, Role.AUDITOR, Role.ADMIN) : List.of(Role.USER));
        role.setItemLabelGenerator(UsersView::roleName);
        group.setId("user-group");
        group.setLabel("Group");
        TreeSet<String> groups = new TreeSet<>(site.groups().keySet());
        groups.add("default");
        if (user != null) groups.add(user.group());
        group.setItems(groups);
        remark.setId("user-remark");
        remark.setMaxLength(255);
        remark.setHelperText("Only administrators see it");
        fields(username, displayName, password);
        if (user == null) {
            fields(role, group, opening);
            role.setValue(Role.USER);
            group.setValue("default");
            opening.setQuota(Quota.of(site.quotaForNewUser()));
        } else {
            fields(group);
            broad(remark);
            username.setValue(user.username());
            displayName.setValue(user.displayName());
            group.setValue(user.group());
            remark.setValue(user.remark());
        }
        onSave(() -> {
            save();
            after.run();
        });
    }

    private void save() {
        String shown = displayName.getValue().isBlank() ? username.getValue() : displayName.getValue();
        if (user == null) {
            visitor.send(new RegisterUser(
                    new UserId(ids.next(Ids.Kind.USER)),
                    username.getValue(),
                    shown,
                    role.getValue(),
                    group.getValue(),
                    sessions.hash(new Secret(password.getValue())),
                    opening.getValue() == null ? Quota.ZERO : opening.quota(),
                    Instant.now()));
            Notices.done("User created.");
            return;
        }
        if (!password.isEmpty()) Usernames.checkPassword(password.getValue());
        visitor.send(new ChangeUser(
                user.id(),
                username.getValue().equals(user.username()) ? null : username.getValue(),
                shown.equals(user.displayName()) ? null : shown,
                group.getValue().equals(user.group()) ? null : group.getValue(),
                remark.getValue().equals(user.remark()) ? null : remark.getValue()));
        if (!password.isEmpty())
            visitor.send(new ChangePassword(user.id(), sessions.hash(new Secret(password.getValue()))));
        Notices.done("User saved.");
    }
}
