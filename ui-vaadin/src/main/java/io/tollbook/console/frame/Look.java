package io.tollbook.console.frame;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServiceInitListener;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.springframework.stereotype.Component;

/** Light, dark, or as the system has it. Remembered in a cookie, so that a page has its colours from the first byte on. */
enum Look {
    SYSTEM("light dark", ColorScheme.Value.LIGHT_DARK),
    LIGHT("light", ColorScheme.Value.LIGHT),
    DARK("dark", ColorScheme.Value.DARK);

    private static final String COOKIE = "look";

    private final String css;
    private final ColorScheme.Value scheme;

    Look(String css, ColorScheme.Value scheme) {
        this.css = css;
        this.scheme = scheme;
    }

    String label() {
        return switch (this) {
            case SYSTEM -> "As the system";
            case LIGHT -> "Light";
            case DARK -> "Dark";
        };
    }

    static Look of(VaadinRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return SYSTEM;
        for (Cookie cookie : cookies)
            if (COOKIE.equals(cookie.getName()))
                for (Look look : values()) if (look.name().equalsIgnoreCase(cookie.getValue())) return look;
        return SYSTEM;
    }

    void choose() {
        UI.getCurrent().getPage().setColorScheme(scheme);
        Cookie cookie = new Cookie(COOKIE, name().toLowerCase(Locale.ROOT));
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
        VaadinService.getCurrentResponse().addCookie(cookie);
    }

    /** Writes the look and the language into the page before it is sent. */
    @Component
    static class FirstByte implements VaadinServiceInitListener {
        @Override
        public void serviceInit(ServiceInitEvent event) {
            event.addIndexHtmlRequestListener(response -> {
                Element html = response.getDocument().selectFirst("html");
                if (html == null) return;
                html.attr("lang", "en");
                html.attr("style", "color-scheme: " + of(response.getVaadinRequest()).css);
            });
        }
    }
}
