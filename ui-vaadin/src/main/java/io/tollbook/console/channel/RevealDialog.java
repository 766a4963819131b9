package io.tollbook.console.channel;

import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.RevealChannelKeys;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Sessions;
import java.time.Instant;

/** Shows root a channel's keys, once root has given the password again. */
class RevealDialog extends FormDialog {
    RevealDialog(Visitor visitor, Sessions sessions, ChannelId channel, String name) {
        super("reveal", "Keys of “" + name + "” in clear", "Show");
        PasswordField password = new PasswordField("Your password");
        password.setId("reveal-password");
        password.getElement().setAttribute("autocomplete", "current-password");
        password.setAutofocus(true);
        TextArea keys = new TextArea("Keys");
        keys.setId("reveal-keys");
        keys.setReadOnly(true);
        keys.setMaxRows(12);
        keys.setVisible(false);
        broad(Marks.dim("That you have seen them is recorded."), password, keys);
        saveOnEnter();
        saveButton().addClickListener(click -> {
            io.tollbook.console.page.Notices.attempt(() -> {
                if (!sessions.matches(visitor.user(), new Secret(password.getValue())))
                    throw new Refused(Refusal.WRONG_CREDENTIALS, "The password is wrong.");
                keys.setValue(visitor.send(new RevealChannelKeys(channel, Instant.now()))
                        .reveal());
                keys.setVisible(true);
                password.setVisible(false);
                saveButton().setVisible(false);
            });
            password.clear();
            saveButton().setEnabled(true);
        });
        addOpenedChangeListener(change -> {
            if (!change.isOpened()) keys.clear();
        });
    }
}
