package io.tollbook.console.frame;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.View;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page that broke while it was made. It stands without the frame, which may be what broke. */
class FaultPage extends View implements HasErrorParameter<Exception> {
    private static final Logger LOG = LoggerFactory.getLogger(FaultPage.class);

    FaultPage() {
        super("Something went wrong", "");
        setId("fault-page");
        add(new Empty(
                Glyph.ALERT,
                "This page could not be made",
                "The fault is ours and has been logged. Your data is safe: nothing was changed.",
                Frame.home()));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> error) {
        LOG.error("The page /{} failed", event.getLocation().getPath(), error.getException());
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
