package io.tollbook.console.user;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.frame.Quiet;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Usernames;

/** Lets a stranger make an account, where the site takes strangers. */
@Route(value = "sign-up", layout = Quiet.class)
@PageTitle("Sign up · Tollbook")
@OpenTo(Role.GUEST)
class SignUpView extends Main implements BeforeEnterObserver {
    private final Visitor visitor;
    private final Site site;
    private final SignUps signUps;
    private final TextField username = new TextField("Username");
    private final PasswordField password = new PasswordField("Password");
    private final PasswordField again = new PasswordField("Password again");

    SignUpView(Visitor visitor, Site site, SignUps signUps) {
        this.visitor = visitor;
        this.site = site;
        this.signUps = signUps;
        addClassName("quiet-form");
        username.setId("username");
        username.setAutofocus(true);
        username.setAutocomplete(Autocomplete.USERNAME);
        username.setMaxLength(Usernames.LENGTH_MAX);
        username.setHelperText("At most " + Usernames.LENGTH_MAX + " characters");
        password.setId("password");
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setHelperText("At least " + Usernames.PASSWORD_MIN + " characters");
        again.setId("password-again");
        again.setAutocomplete(Autocomplete.NEW_PASSWORD);
        Button enter = new Button("Sign up", click -> Notices.attempt(this::signUp));
        enter.setId("sign-up");
        enter.addThemeVariants(ButtonVariant.PRIMARY);
        enter.addClickShortcut(Key.ENTER);
        add(new H1("Sign up"));
        if (site.takesSignUps()) add(username, password, again, enter);
        else add(new Paragraph("This site does not take sign-ups. An administrator can make you an account."));
        Anchor in = new Anchor("sign-in", "Sign in");
        in.setId("to-sign-in");
        add(Marks.box("quiet-foot", Marks.dim("Have an account?"), in));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (visitor.actor().user() != null) event.forwardTo("");
    }

    private void signUp() {
        if (!password.getValue().equals(again.getValue())) {
            again.setInvalid(true);
            again.setErrorMessage("The two passwords differ");
            throw Refused.invalid("The two passwords differ.");
        }
        Secret secret = new Secret(password.getValue());
        signUps.signUp(username.getValue(), secret, site, visitor.actor().address());
        visitor.signIn(username.getValue(), secret);
        UI.getCurrent().getPage().setLocation("/");
    }
}
