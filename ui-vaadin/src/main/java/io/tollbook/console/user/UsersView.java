package io.tollbook.console.user;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Meter;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Adjustments;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.Balances;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Users;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everybody who has an account, with what is in it. */
@Route("users")
@OpenTo(value = Role.ADMIN, auditors = true)
class UsersView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Sessions sessions;
    private final Site site;
    private final Ids ids;
    private final Filters filters = new Filters();
    private final TextField keyword;
    private final Select<String> group;
    private final Select<Role> role;
    private final Select<UserStatus> status;
    private final ListGrid<Row> list;
    private final Anchor waiting = new Anchor("quota-changes", "");

    /** A user together with their money. */
    record Row(UserProfile user, Balance balance) {
        AccountId account() {
            return AccountId.of(user.id());
        }
    }

    UsersView(Visitor visitor, Sessions sessions, Site site, Ids ids) {
        super("Users", "Everybody with an account, their balance and their role.");
        this.visitor = visitor;
        this.sessions = sessions;
        this.site = site;
        this.ids = ids;
        if (!visitor.isAuditor())
            actions(Tool.primary(
                    "new-user",
                    "New user",
                    Glyph.PLUS,
                    click -> new UserDialog(visitor, sessions, site, ids, null, this::reload).open()));
        keyword = filters.text("q", "Search name or id");
        keyword.setPrefixComponent(Glyph.SEARCH.icon());
        group = filters.choice("group", "Group", List.copyOf(site.groups().keySet()), one -> one, one -> one);
        role = filters.choice(
                "role",
                "Role",
                List.of(Role.USER, Role.AUDITOR, Role.ADMIN, Role.ROOT),
                UsersView::roleName,
                Role::name);
        status = filters.choice(
                "status",
                "Status",
                Arrays.asList(UserStatus.values()),
                one -> one.name().charAt(0) + one.name().substring(1).toLowerCase(Locale.ROOT),
                UserStatus::name);
        list = new ListGrid<>(
                "users",
                "Users",
                new Empty(Glyph.USERS, "Nobody matches", "Other filters may find them, or make a new user."));
        columns();
        waiting.setId("users-waiting");
        waiting.addClassName("callout");
        add(waiting, filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        list.source((paging, order) -> rows(paging));
        tellWhatWaits();
    }

    /** Who comes to change a balance learns here that a colleague's change waits for them. */
    private void tellWhatWaits() {
        long changes =
                visitor.ask(new Adjustments(null, null, false, Paging.first(1))).total();
        waiting.setVisible(changes > 0);
        waiting.setText(
                changes == 1
                        ? "1 quota change waits for a second administrator"
                        : changes + " quota changes wait for a second administrator");
    }

    private void reload() {
        tellWhatWaits();
        list.reload();
    }

    private Page<Row> rows(Paging paging) {
        String text = keyword.getValue().strip();
        Page<UserProfile> users = visitor.ask(
                new Users(text.isEmpty() ? null : text, group.getValue(), role.getValue(), status.getValue(), paging));
        Map<AccountId, Balance> balances = visitor.ask(new Balances(
                users.items().stream().map(user -> AccountId.of(user.id())).toList()));
        return new Page<>(
                users.items().stream()
                        .map(user -> new Row(
                                user, balances.getOrDefault(AccountId.of(user.id()), none(AccountId.of(user.id())))))
                        .toList(),
                users.total());
    }

    private static Balance none(AccountId account) {
        return new Balance(account, Quota.ZERO, Quota.ZERO, Quota.ZERO, Quota.ZERO, 0);
    }

    private void columns() {
        list.addColumn(row -> row.user().id().value())
                .setHeader("Id")
                .setWidth("70px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> name(row.user()))
                .setHeader("User")
                .setWidth("170px")
                .setFlexGrow(2);
        list.addComponentColumn(row -> role(row.user()))
                .setHeader("Role")
                .setWidth("116px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> status(row.user()))
                .setHeader("Status")
                .setWidth("108px")
                .setFlexGrow(0);
        list.addColumn(row -> row.user().group())
                .setHeader("Group")
                .setWidth("96px")
                .setFlexGrow(0);
        list.addComponentColumn(
                        row -> Meter.of(row.balance().used(), row.balance().available()))
                .setHeader("Balance")
                .setWidth("210px")
                .setFlexGrow(1);
        list.addComponentColumn(row -> Marks.stacked(
                        new Span(Moments.ago(row.user().lastSignInAt(), Instant.now())),
                        Marks.dim("since "
                                + Moments.minute(row.user().createdAt()).substring(0, 10))))
                .setHeader("Last sign-in")
                .setWidth("130px")
                .setFlexGrow(0);
        list.addComponentColumn(this::tools).setHeader("").setWidth("156px").setFlexGrow(0);
        list.cards(row -> {
            Div card = new Div(
                    Marks.box("card-line", name(row.user()), status(row.user())),
                    Meter.of(row.balance().used(), row.balance().available()),
                    Marks.box("card-line", role(row.user()), tools(row)));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Component name(UserProfile user) {
        Component both = Marks.stacked(
                Marks.text(user.displayName(), "strong"),
                Marks.dim(user.username() + (user.remark().isEmpty() ? "" : " · " + user.remark())));
        if (!user.remark().isEmpty()) both.getElement().setAttribute("title", user.remark());
        return both;
    }

    static String roleName(Role role) {
        return switch (role) {
            case GUEST -> "Guest";
            case USER -> "User";
            case AUDITOR -> "Auditor";
            case ADMIN -> "Administrator";
            case ROOT -> "Root";
        };
    }

    private static Component role(UserProfile user) {
        return Marks.pill(roleName(user.role()), user.role() == Role.USER ? Marks.Tone.NEUTRAL : Marks.Tone.ACCENT);
    }

    private static Component status(UserProfile user) {
        return switch (user.status()) {
            case ENABLED -> Marks.pill("enabled", Marks.Tone.GOOD);
            case DISABLED -> Marks.pill("disabled", Marks.Tone.BAD);
            case DELETED -> Marks.pill("deleted", Marks.Tone.NEUTRAL);
        };
    }

    private Component tools(Row row) {
        UserProfile user = row.user();
        String name = user.username();
        Button book = Tool.icon(
                "Book of " + name,
                Glyph.BOOK,
                click -> UI.getCurrent().navigate("book/" + row.account().value()));
        book.addClassName("book");
        if (visitor.isAuditor() || user.status() == UserStatus.DELETED) return Marks.box("row-tools", book);
        Button quota =
                Tool.icon("Quota of " + name, Glyph.COINS, click -> new QuotaDialog(visitor, row, this::reload).open());
        quota.addClassName("quota");
        Button edit = Tool.icon(
                "Edit " + name,
                Glyph.EDIT,
                click -> new UserDialog(visitor, sessions, site, ids, user, this::reload).open());
        edit.addClassName("edit");
        return Marks.box("row-tools", book, quota, edit, more(user));
    }

    private Component more(UserProfile user) {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        bar.addClassName("more");
        MenuItem top = bar.addItem(Glyph.MORE.icon());
        top.setAriaLabel("More for " + user.username());
        var menu = top.getSubMenu();
        if (user.status() == UserStatus.ENABLED)
            menu.addItem(
                    "Disable…",
                    click -> Confirm.destructive(
                            "Disable " + user.username() + "?",
                            "Their sessions end and their keys stop working at once. Nothing is lost.",
                            "Disable",
                            () -> act(new DisableUser(user.id()), "User disabled.")));
        else menu.addItem("Enable", click -> Notices.attempt(() -> act(new EnableUser(user.id()), "User enabled.")));
        if (visitor.isAtLeast(Role.ROOT) && user.role() == Role.USER)
            menu.addItem(
                    "Make administrator…",
                    click -> Confirm.plain(
                            "Make " + user.username() + " an administrator?",
                            "Administrators see all users, channels and logs.",
                            "Make administrator",
                            () -> act(new ChangeRole(user.id(), Role.ADMIN), "User promoted.")));
        if (visitor.isAtLeast(Role.ROOT) && user.role() == Role.USER)
            menu.addItem(
                    "Make auditor…",
                    click -> Confirm.plain(
                            "Make " + user.username() + " an auditor?",
                            "Auditors see every account, log and channel, but no keys, and change nothing. Their own"
                                    + " keys stop working.",
                            "Make auditor",
                            () -> act(new ChangeRole(user.id(), Role.AUDITOR), "Auditor appointed.")));
        if (visitor.isAtLeast(Role.ROOT) && (user.role() == Role.ADMIN || user.role() == Role.AUDITOR))
            menu.addItem(
                    "Make ordinary user…",
                    click -> Confirm.plain(
                            "Make " + user.username() + " an ordinary user?",
                            "They lose the pages of their role at once.",
                            "Make ordinary user",
                            () -> act(new ChangeRole(user.id(), Role.USER), "User demoted.")));
        menu.addSeparator();
        menu.addItem(
                "Delete…",
                click -> Confirm.destructive(
                        "Delete " + user.username() + "?",
                        "They cannot sign in or call any more, and this cannot be taken back. The username stays"
                                + " reserved and the book stays whole.",
                        "Delete",
                        () -> act(new DeleteUser(user.id()), "User deleted.")));
        return bar;
    }

    private void act(Command<?> command, String done) {
        visitor.send(command);
        reload();
        Notices.done(done);
    }
}
