package io.tollbook.console.frame;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.View;
import jakarta.servlet.http.HttpServletResponse;

/** An address without a page. */
@ParentLayout(Frame.class)
class LostPage extends View implements HasErrorParameter<NotFoundException> {
    LostPage() {
        super("No such page", "");
        setId("lost-page");
        add(new Empty(Glyph.SEARCH, "No page has this address", "It may have been mistyped, or moved.", Frame.home()));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> error) {
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
