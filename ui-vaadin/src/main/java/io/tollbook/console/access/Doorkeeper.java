package io.tollbook.console.access;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.settings.HeaderModules;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.user.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets people in where they may go. A site that is not set up leads everybody to the wizard; a page above the visitor's
 * role says so; a page for signed-in users leads guests to sign-in and back.
 */
@Component
class Doorkeeper implements VaadinServiceInitListener {
    static final String SETUP = "setup";
    static final String SIGN_IN = "sign-in";
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    private final Visitor visitor;
    private final Messages messages;
    private volatile boolean setUp;

    Doorkeeper(Visitor visitor, Messages messages) {
        this.visitor = visitor;
        this.messages = messages;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addUIInitListener(init -> init.getUI().addBeforeEnterListener(this::check));
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(Doorkeeper::explain));
    }

    private void check(BeforeEnterEvent event) {
        Class<?> page = event.getNavigationTarget();
        if (HasErrorParameter.class.isAssignableFrom(page)) return;
        String path = event.getLocation().getPath();
        boolean wizard = path.equals(SETUP);
        if (isSetUp() == wizard) {
            event.forwardTo(wizard ? "" : SETUP);
            return;
        }
        OpenTo open = page.getAnnotation(OpenTo.class);
        if (open == null) throw new IllegalStateException(page + " does not say to whom it is open");
        HeaderModules.Access access = access(open.gate());
        if (access == HeaderModules.Access.NOBODY) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        if (open.value() == Role.GUEST && access == HeaderModules.Access.EVERYBODY) return;
        Actor actor = visitor.actor();
        if (actor.user() == null) {
            String here = event.getLocation().getPathWithQueryParameters();
            event.forwardTo(SIGN_IN, here.isEmpty() ? QueryParameters.empty() : QueryParameters.of("to", here));
        } else if (!isOpen(open, actor.role())) {
            event.rerouteToError(new Refused(Refusal.NOT_PERMITTED), "");
        }
    }

    private static boolean isOpen(OpenTo open, Role role) {
        return role == Role.AUDITOR ? open.auditors() : role.compareTo(open.value()) >= 0;
    }

    private HeaderModules.Access access(OpenTo.Gate gate) {
        return switch (gate) {
            case NONE -> HeaderModules.Access.EVERYBODY;
            case PRICING -> HeaderModules.pricing(messages.ask(new Options(), Actor.SYSTEM));
        };
    }

    private boolean isSetUp() {
        // A site is set up once and stays so: the answer yes is asked for once.
        if (!setUp) setUp = messages.ask(new SiteStateNow(), Actor.SYSTEM).setUp();
        return setUp;
    }

    /** What a click ends in when it does not end well. */
    private static void explain(ErrorEvent event) {
        Throwable cause = event.getThrowable();
        while (cause.getCause() != null && !(cause instanceof Refused)) cause = cause.getCause();
        if (!(cause instanceof Refused refused)) {
            LOG.error("A page failed", event.getThrowable());
            Notices.fault();
        } else if (refused.refusal() == Refusal.SIGN_IN_REQUIRED) {
            UI.getCurrent().getPage().setLocation(SIGN_IN);
        } else {
            Notices.refused(refused);
        }
    }
}
