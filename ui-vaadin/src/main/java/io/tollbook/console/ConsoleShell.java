package io.tollbook.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The frame of every page: its styles and its icon. */
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://console/console.css")
public class ConsoleShell implements AppShellConfigurator {
    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addLink("icon", "console/icon.svg");
        settings.addMetaTag("robots", "noindex");
        settings.addMetaTag("color-scheme", "light dark");
        settings.addMetaTag("referrer", "same-origin");
    }
}
