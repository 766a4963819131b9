package io.tollbook.console.frame;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.VaadinService;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserProfile;
import java.util.Optional;
import java.util.Set;

/** Navigation at the side, the page in the middle. Shows the visitor the pages that are open to them. */
@Layout
public class Frame extends AppLayout implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Site site;
    private final Span where = new Span();
    private final Div nav = new Div();
    private Role shownFor = Role.GUEST;

    Frame(Visitor visitor, Site site) {
        this.visitor = visitor;
        this.site = site;
        setPrimarySection(Section.DRAWER);
        DrawerToggle toggle = new DrawerToggle();
        toggle.setId("menu");
        toggle.setAriaLabel("Menu");
        where.addClassName("where");
        addToNavbar(toggle, where);
        nav.addClassName("nav");
        addToDrawer(nav);
        fill();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        if (visitor.actor().role() != shownFor) fill(); // A role may change while the page stays open.
        // The page's own word: what the browser shows as title is only set after this.
        where.setText(
                getContent() instanceof HasDynamicTitle titled
                        ? titled.getPageTitle().replace(" · Tollbook", "")
                        : site.name());
    }

    private void fill() {
        shownFor = visitor.actor().role();
        nav.removeAll();
        nav.add(brand());
        if (shownFor == Role.GUEST) {
            nav.add(guestItems());
            return;
        }
        Div items = new Div();
        items.addClassName("nav-items");
        SideNav own = new SideNav();
        SideNavItem dashboard = item("Dashboard", "", Glyph.DASHBOARD);
        dashboard.setPathAliases(Set.of("dashboard/models", "dashboard/flow", "dashboard/users", "dashboard/margin"));
        own.addItem(dashboard);
        if (!visitor.isAuditor())
            own.addItem(
                    item("Playground", "playground", Glyph.CHAT),
                    item("API keys", "keys", Glyph.KEY),
                    item("Using the API", "using-the-api", Glyph.CODE));
        own.addItem(
                item("Usage log", "log", Glyph.LOG),
                item("The book", "book", Glyph.BOOK),
                item("Lots", "lots", Glyph.COINS));
        if (site.showsPrices(true)) own.addItem(item("Models and prices", "pricing", Glyph.SPARK));
        items.add(own);
        if (visitor.maySee(Role.ADMIN)) {
            SideNav admin = new SideNav("Administration");
            admin.addItem(
                    item("Channels", "channels", Glyph.CHANNEL),
                    item("Performance", "performance", Glyph.CLOCK),
                    item("Models", "models", Glyph.SPARK),
                    item("Vendors", "vendors", Glyph.USER),
                    item("Groups", "groups", Glyph.LOCK),
                    item("Prefill groups", "prefill-groups", Glyph.COPY),
                    item("Prices", "prices", Glyph.PRICES),
                    item("Buy prices", "buy-prices", Glyph.COINS),
                    item("Users", "users", Glyph.USERS),
                    item("Quota changes", "quota-changes", Glyph.CHECK),
                    item("Open holds", "holds", Glyph.COINS),
                    item("Unresolved calls", "unresolved", Glyph.CLOCK),
                    item("Quarantined usage", "quarantine", Glyph.ALERT),
                    item("Ledger", "ledger", Glyph.SCALES));
            items.add(admin);
        }
        if (visitor.maySee(Role.ROOT)) {
            SideNav system = new SideNav("System");
            system.addItem(item("Read models", "system/read-models", Glyph.MODELS));
            system.addItem(item("Replays", "system/replays", Glyph.REFRESH));
            if (visitor.isAtLeast(Role.ROOT)) system.addItem(item("Options", "system/options", Glyph.OPTIONS));
            items.add(system);
        }
        nav.add(items, userMenu());
    }

    private Component guestItems() {
        SideNav open = new SideNav();
        if (site.showsPrices(false)) open.addItem(item("Models and prices", "pricing", Glyph.SPARK));
        open.addItem(item("Sign in", "sign-in", Glyph.USER));
        if (site.takesSignUps()) open.addItem(item("Sign up", "sign-up", Glyph.PLUS));
        Div items = new Div(open);
        items.addClassName("nav-items");
        return items;
    }

    private Component brand() {
        Image mark = new Image("console/icon.svg", "");
        Anchor brand = new Anchor("", mark, new Span(site.name()));
        brand.addClassName("brand");
        if (!site.isDemo()) return brand;
        Div both = new Div(brand, Marks.pill("Demo", Marks.Tone.WARNING));
        both.addClassName("brand-demo");
        return both;
    }

    private static SideNavItem item(String label, String path, Glyph glyph) {
        SideNavItem item = new SideNavItem(label, path, glyph.icon());
        // A model's own page belongs to the list.
        item.setMatchNested(path.equals("pricing"));
        item.setId("nav-" + (path.isEmpty() ? "dashboard" : path.substring(path.lastIndexOf('/') + 1)));
        return item;
    }

    private Component userMenu() {
        Optional<UserProfile> user = visitor.ask(new UserById(visitor.user()));
        String name = user.map(UserProfile::displayName).orElse("");
        Avatar avatar = new Avatar(name);
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        bar.addClassName("user-menu");
        bar.setId("user-menu");
        MenuItem top = bar.addItem(Marks.row(
                avatar,
                Marks.stacked(
                        new Span(name),
                        Marks.dim(user.map(UserProfile::username).orElse("") + " · " + roleName(shownFor)))));
        top.setAriaLabel("Your menu: " + name);
        SubMenu menu = top.getSubMenu();
        Look present = Look.of(VaadinService.getCurrentRequest());
        for (Look look : Look.values()) {
            MenuItem choice = menu.addItem(look.label());
            choice.setId("look-" + look.name().toLowerCase(java.util.Locale.ROOT));
            choice.setCheckable(true);
            choice.setChecked(look == present);
            choice.addClickListener(click -> {
                look.choose();
                menu.getItems().stream()
                        .filter(MenuItem::isCheckable)
                        .forEach(other -> other.setChecked(other == choice));
            });
        }
        menu.addSeparator();
        MenuItem password =
                menu.addItem("Change password…", click -> UI.getCurrent().navigate("password"));
        password.setId("change-password");
        MenuItem out = menu.addItem("Sign out", click -> {
            visitor.signOut();
            UI.getCurrent().getPage().setLocation("sign-in");
        });
        out.setId("sign-out");
        return bar;
    }

    private static String roleName(Role role) {
        return switch (role) {
            case GUEST -> "guest";
            case USER -> "user";
            case AUDITOR -> "auditor";
            case ADMIN -> "administrator";
            case ROOT -> "root";
        };
    }

    /** A button that leads back to the start, for pages that lead nowhere. */
    static Button home() {
        Button home = new Button("To the dashboard", click -> UI.getCurrent().navigate(""));
        home.setId("home");
        return home;
    }
}
