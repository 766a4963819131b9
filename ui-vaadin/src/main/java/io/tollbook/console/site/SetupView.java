package io.tollbook.console.site;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.frame.Quiet;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.site.SetUp;
import io.tollbook.kernel.site.SetupWizard;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Usernames;

/** Sets the site up, once: who is root, what the site is for, which provider answers first. */
@Route(value = "setup", layout = Quiet.class)
@PageTitle("Set up · Tollbook")
@OpenTo(Role.GUEST)
class SetupView extends Main {
    private enum Mode {
        EXTERNAL("For others", "People sign up or are added, hold quota and get bills."),
        SELF("For myself", "One user; sign-up is hidden."),
        DEMO("As a demonstration", "Like “For others”, and marked as a demonstration.");

        private final String label;
        private final String meaning;

        Mode(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }
    }

    private enum Provider {
        BUILT_IN("Try it with the built-in demo provider", "Answers without a key, so the first call works at once."),
        OWN("Connect a provider of my own", "The next page asks for its address, key and models."),
        LATER("Later", "Channels can be added at any time.");

        private final String label;
        private final String meaning;

        Provider(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }
    }

    private static final int STEPS = 4;

    private final SetupWizard wizard;
    private final Visitor visitor;
    private final boolean needsCode;
    private final Paragraph progress = new Paragraph();
    private final Div content = new Div();
    private final Button back = new Button("Back", click -> go(-1));
    private final Button next = new Button("Next", click -> Notices.attempt(this::advance));
    private final TextField username = new TextField("Username");
    private final PasswordField password = new PasswordField("Password");
    private final PasswordField again = new PasswordField("Password again");
    private final TextField code = new TextField("One-time code");
    private final RadioButtonGroup<Mode> mode = new RadioButtonGroup<>("What is this site for?");
    private final RadioButtonGroup<Provider> provider = new RadioButtonGroup<>("Which provider answers first?");
    private int step;

    SetupView(SetupWizard wizard, Visitor visitor) {
        this.wizard = wizard;
        this.visitor = visitor;
        needsCode = wizard.needsCode(address());
        addClassName("quiet-form");
        fields();
        back.setId("setup-back");
        next.setId("setup-next");
        next.addThemeVariants(ButtonVariant.PRIMARY);
        next.addClickShortcut(Key.ENTER);
        progress.addClassName("dim");
        content.addClassName("quiet-form");
        add(new H1("Set up Tollbook"), progress, content, Marks.row(back, next));
        show();
    }

    /** Where the visitor is, unless something between speaks for them: then nobody knows, and the code is needed. */
    private static String address() {
        VaadinRequest request = VaadinService.getCurrentRequest();
        boolean forwarded = request.getHeader("X-Forwarded-For") != null
                || request.getHeader("Forwarded") != null
                || request.getHeader("X-Real-IP") != null;
        return forwarded ? "0.0.0.0" : request.getRemoteAddr();
    }

    private void fields() {
        username.setId("setup-username");
        username.setValue("root");
        username.setMaxLength(Usernames.LENGTH_MAX);
        username.setRequiredIndicatorVisible(true);
        username.setAutocomplete(Autocomplete.USERNAME);
        password.setId("setup-password");
        password.setAutofocus(true);
        password.setRequiredIndicatorVisible(true);
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setHelperText("At least " + Usernames.PASSWORD_MIN + " characters");
        again.setId("setup-password-again");
        again.setRequiredIndicatorVisible(true);
        again.setAutocomplete(Autocomplete.NEW_PASSWORD);
        code.setId("setup-code");
        code.setHelperText("Tollbook printed it when it started");
        code.setRequiredIndicatorVisible(true);
        mode.setId("setup-mode");
        mode.setItems(Mode.values());
        mode.setValue(Mode.EXTERNAL);
        mode.setRenderer(new com.vaadin.flow.data.renderer.ComponentRenderer<>(
                choice -> Marks.stacked(Marks.text(choice.label), Marks.dim(choice.meaning))));
        provider.setId("setup-provider");
        provider.setItems(Provider.values());
        provider.setValue(Provider.BUILT_IN);
        provider.setRenderer(new com.vaadin.flow.data.renderer.ComponentRenderer<>(
                choice -> Marks.stacked(Marks.text(choice.label), Marks.dim(choice.meaning))));
    }

    private void show() {
        progress.setText("Step " + (step + 1) + " of " + STEPS);
        content.removeAll();
        content.add(
                switch (step) {
                    case 0 ->
                        needsCode
                                ? new Component[] {code, username, password, again}
                                : new Component[] {username, password, again};
                    case 1 -> new Component[] {mode};
                    case 2 -> new Component[] {provider};
                    default -> new Component[] {summary()};
                });
        back.setVisible(step > 0);
        next.setText(step == STEPS - 1 ? "Set up" : "Next");
    }

    private Component summary() {
        SmallTable table = new SmallTable("What", "Choice");
        table.line("Root", username.getValue());
        table.line("Site", mode.getValue().label);
        table.line("First provider", provider.getValue().label);
        return table;
    }

    private void go(int steps) {
        step = Math.clamp(step + steps, 0, STEPS - 1);
        show();
    }

    private void advance() {
        if (step == 0) checkAccount();
        if (step < STEPS - 1) go(1);
        else setUp();
    }

    private void checkAccount() {
        Usernames.checked("username", username.getValue());
        Usernames.checkPassword(password.getValue());
        if (!password.getValue().equals(again.getValue())) throw Refused.invalid("The two passwords differ.");
        if (needsCode && code.isEmpty()) throw Refused.invalid("The one-time code is missing.");
    }

    private void setUp() {
        visitor.enter(wizard.setUp(
                new SetUp(
                        username.getValue(),
                        new Secret(password.getValue()),
                        mode.getValue() == Mode.SELF,
                        mode.getValue() == Mode.DEMO,
                        provider.getValue() == Provider.BUILT_IN,
                        code.isEmpty() ? null : code.getValue().strip()),
                Actor.guest(address())));
        UI.getCurrent().getPage().setLocation(provider.getValue() == Provider.OWN ? "/channels" : "/");
    }
}
