package io.tollbook.console.page;

import com.vaadin.flow.component.icon.SvgIcon;
import java.util.Locale;

/** The icons, drawn in {@code console/icons.svg}. They decorate: whatever they stand for is also said in words. */
public enum Glyph {
    DASHBOARD,
    KEY,
    LOG,
    BOOK,
    PRICES,
    CHANNEL,
    USERS,
    MODELS,
    OPTIONS,
    PLUS,
    SEARCH,
    COPY,
    EYE,
    EDIT,
    TRASH,
    PLAY,
    PAUSE,
    POWER,
    CHECK,
    CROSS,
    CLOCK,
    MORE,
    USER,
    THEME,
    EXIT,
    BACK,
    NEXT,
    REFRESH,
    ALERT,
    COINS,
    UP,
    DOWN,
    LOCK,
    SPARK,
    SCALES,
    CHAT,
    CODE,
    IMAGE,
    STOP;

    public SvgIcon icon() {
        SvgIcon icon = new SvgIcon("console/icons.svg", name().toLowerCase(Locale.ROOT));
        icon.addClassName("glyph");
        icon.getElement().setAttribute("aria-hidden", "true");
        return icon;
    }
}
