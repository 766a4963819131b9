package io.tollbook.console.user;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
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
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;

/** Signs a person in and leads them to where they wanted to go. */
@Route(value = "sign-in", layout = Quiet.class)
@PageTitle("Sign in · Tollbook")
@OpenTo(Role.GUEST)
class SignInView extends Main implements BeforeEnterObserver {
    private final Visitor visitor;
    private final TextField username = new TextField("Username");
    private final PasswordField password = new PasswordField("Password");
    private final Paragraph problem = new Paragraph();
    private String to = "";

    SignInView(Visitor visitor, Site site) {
        this.visitor = visitor;
        addClassName("quiet-form");
        username.setId("username");
        username.setAutofocus(true);
        username.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.USERNAME);
        username.setRequiredIndicatorVisible(true);
        password.setId("password");
        password.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.CURRENT_PASSWORD);
        password.setRequiredIndicatorVisible(true);
        problem.setId("problem");
        problem.addClassName("problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        Button enter = new Button("Sign in", click -> signIn());
        enter.setId("sign-in");
        enter.addThemeVariants(ButtonVariant.PRIMARY);
        enter.addClickShortcut(Key.ENTER);
        enter.setDisableOnClick(true);
        add(new H1("Sign in"), problem, username, password, enter);
        if (site.takesSignUps()) {
            Anchor up = new Anchor("sign-up", "Sign up");
            up.setId("to-sign-up");
            add(Marks.box("quiet-foot", Marks.dim("No account yet?"), up));
        }
        if (site.showsPrices(false)) {
            Anchor prices = new Anchor("pricing", "Models and prices");
            prices.setId("to-pricing");
            add(Marks.box("quiet-foot", prices));
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        to = Destination.of(event.getLocation());
        if (visitor.actor().user() != null) event.forwardTo("");
    }

    private void signIn() {
        try {
            visitor.signIn(username.getValue().strip(), new Secret(password.getValue()));
            UI.getCurrent().getPage().setLocation(to);
        } catch (Refused refused) {
            problem.setText(refused.getMessage());
            problem.setVisible(true);
            password.clear();
            password.focus();
        } finally {
            getChildren()
                    .filter(Button.class::isInstance)
                    .map(Button.class::cast)
                    .forEach(button -> button.setEnabled(true));
        }
    }
}
