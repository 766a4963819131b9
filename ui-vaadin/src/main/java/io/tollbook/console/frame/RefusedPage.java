package io.tollbook.console.frame;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import jakarta.servlet.http.HttpServletResponse;

/** A page that the visitor may not see, or whose subject does not exist. */
@ParentLayout(Frame.class)
class RefusedPage extends View implements HasErrorParameter<Refused> {
    RefusedPage() {
        super("Not here", "");
        setId("refused-page");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Refused> error) {
        Refused refused = error.getException();
        boolean forbidden = refused.refusal() == Refusal.NOT_PERMITTED;
        add(new Empty(
                forbidden ? Glyph.LOCK : Glyph.ALERT,
                forbidden ? "This page is not open to you" : "There is nothing to show",
                forbidden ? "Your role does not include it. An administrator can change that." : refused.getMessage(),
                Frame.home()));
        return switch (refused.refusal()) {
            case NOT_PERMITTED -> HttpServletResponse.SC_FORBIDDEN;
            case NOT_FOUND, ACCOUNT_UNKNOWN -> HttpServletResponse.SC_NOT_FOUND;
            default -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }
}
