package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.ActiveFilters;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.OfferedModels;
import io.tollbook.kernel.catalogue.SiteReader;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.user.Role;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every model that is served or described, what needs care first. */
@Route("models")
@OpenTo(value = Role.ADMIN, auditors = true)
class ModelsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final boolean changes;
    private final Filters filters = new Filters();
    private final ActiveFilters active = new ActiveFilters(filters);
    private final TextField search;
    private final Select<Shown> shown;
    private final Select<String> vendor;
    private final Select<String> tag;
    private final ListGrid<ModelRow> list;
    private final ModelBulk bulk;
    private List<ModelRow> rows = List.of();
    private List<ModelRow> found = List.of();
    private List<Vendor> vendors = List.of();
    private Map<VendorId, String> vendorNames = Map.of();
    private Map<String, Long> tags = new TreeMap<>();

    /** Parts of the list, by what they need. */
    enum Shown {
        UNPRICED("Unpriced"),
        MISSING("Not described"),
        ENABLED("Enabled"),
        DISABLED("Disabled"),
        UNSERVED("Without a channel"),
        RULES("Name rules");

        private final String words;

        Shown(String words) {
            this.words = words;
        }

        boolean fits(ModelRow row) {
            return switch (this) {
                case UNPRICED -> row.isUnpriced();
                case MISSING -> row.isMissing();
                case ENABLED -> !row.isDisabled();
                case DISABLED -> row.isDisabled();
                case UNSERVED -> !row.isRule() && row.channels() == 0;
                case RULES -> row.isRule();
            };
        }
    }

    ModelsView(Visitor visitor, SiteReader reader, Site site) {
        super("Models", "What can be called, what is told of it, and what it costs. What needs care comes first.");
        this.visitor = visitor;
        changes = !visitor.isAuditor();
        load();
        actions(Tool.plain(
                "show-changes",
                "History",
                Glyph.CLOCK,
                click -> new ChangesDialog(visitor, words(), this::reload).open()));
        String source = site.catalogueSource();
        if (changes && !source.isEmpty())
            actions(Tool.plain(
                    "sync-descriptions",
                    "Sync descriptions",
                    Glyph.REFRESH,
                    click -> Notices.attempt(() -> new DescriptionSyncDialog(
                                    visitor, source, OfferedModels.read(reader.read(source)), this::reload)
                            .open())));
        if (visitor.isAtLeast(Role.ROOT))
            actions(Tool.plain(
                    "sync-prices",
                    "Sync prices",
                    Glyph.REFRESH,
                    click -> new SyncDialog(visitor, reader, this::reload).open()));
        if (changes) actions(Tool.primary("new-description", "New model", Glyph.PLUS, click -> edit(null)));
        search = filters.text("q", "Search models");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        shown = filters.choice("show", "Show", List.of(Shown.values()), one -> one.words, Shown::name);
        shown.setItemLabelGenerator(one -> one == null
                ? "All (" + rows.size() + ")"
                : one.words + " (" + rows.stream().filter(one::fits).count() + ")");
        vendor = filters.choice("vendor", "Vendor", vendorIds(), this::vendorName, one -> one);
        vendor.setItemLabelGenerator(one -> one == null
                ? "All"
                : vendorName(one) + " ("
                        + rows.stream().filter(row -> isOf(row, one)).count() + ")");
        tag = filters.choice("tag", "Tag", List.copyOf(tags.keySet()), one -> one, one -> one);
        tag.setItemLabelGenerator(one -> one == null ? "All" : one + " (" + tags.getOrDefault(one, 0L) + ")");
        list = new ListGrid<>(
                "models",
                "Models",
                new Empty(Glyph.MODELS, "No models here", "Add a channel that serves some, or describe one."));
        bulk = new ModelBulk(visitor, () -> found, this::words, () -> vendors, this::tagNames, this::reload, list);
        columns();
        add(filters, active, list.panel(bulk));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        load();
        offer();
        filters.read(event.getLocation());
        active.show();
        show();
    }

    private void load() {
        rows = visitor.ask(new ModelRows());
        vendors = visitor.ask(new CatalogueNow()).vendors();
        vendorNames = vendors.stream()
                .collect(Collectors.toMap(Vendor::id, one -> one.terms().name()));
        tags = rows.stream()
                .filter(row -> row.told() != null)
                .flatMap(row -> row.told().description().tags().stream())
                .collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()));
    }

    private Set<String> tagNames() {
        return new TreeSet<>(tags.keySet());
    }

    private ChangeWords words() {
        return new ChangeWords(vendorNames);
    }

    private List<String> vendorIds() {
        return vendors.stream().map(one -> one.id().toString()).toList();
    }

    private void offer() {
        filters.offer(vendor, vendorIds());
        filters.offer(tag, List.copyOf(tags.keySet()));
    }

    private void reload() {
        load();
        offer();
        show();
    }

    private String vendorName(String id) {
        return vendors.stream()
                .filter(one -> one.id().toString().equals(id))
                .findFirst()
                .map(one -> one.terms().name())
                .orElse(id);
    }

    private static boolean isOf(ModelRow row, String vendor) {
        ModelDescription told = ModelCells.told(row);
        return told != null && told.vendor() != null && told.vendor().toString().equals(vendor);
    }

    private boolean fits(ModelRow row) {
        ModelDescription told = ModelCells.told(row);
        if (shown.getValue() != null && !shown.getValue().fits(row)) return false;
        if (vendor.getValue() != null && !isOf(row, vendor.getValue())) return false;
        if (tag.getValue() != null && (told == null || !told.tags().contains(tag.getValue()))) return false;
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        String text =
                told == null ? row.name() : row.name() + " " + told.description() + " " + String.join(" ", told.tags());
        return text.toLowerCase(Locale.ROOT).contains(part);
    }

    private void show() {
        found = rows.stream().filter(this::fits).toList();
        bulk.clear();
        list.source((paging, order) -> {
            List<ModelRow> sorted = order.isEmpty()
                    ? found
                    : found.stream().sorted(comparator(order.getFirst())).toList();
            return new Page<>(
                    sorted.stream().skip(paging.offset()).limit(paging.limit()).toList(), sorted.size());
        });
        // The counts behind the choices have changed.
        shown.getDataProvider().refreshAll();
    }

    private Comparator<ModelRow> comparator(QuerySortOrder order) {
        Comparator<ModelRow> by = switch (order.getSorted()) {
            case "channels" -> Comparator.comparingInt(ModelRow::channels);
            case "status" -> Comparator.comparing(ModelRow::isDisabled).thenComparingInt(ModelRow::urgency);
            case "vendor" -> Comparator.comparing(this::vendorOf, String.CASE_INSENSITIVE_ORDER);
            default -> Comparator.comparing(ModelRow::name, String.CASE_INSENSITIVE_ORDER);
        };
        if (order.getDirection() == SortDirection.DESCENDING) by = by.reversed();
        return by.thenComparing(ModelRow::name);
    }

    private String vendorOf(ModelRow row) {
        ModelDescription told = ModelCells.told(row);
        return told == null || told.vendor() == null ? "" : vendorNames.getOrDefault(told.vendor(), "");
    }

    private void columns() {
        list.addComponentColumn(ModelCells::name)
                .setHeader("Model")
                .setSortProperty("name")
                .setWidth("200px")
                .setFlexGrow(3);
        list.addComponentColumn(ModelCells::status)
                .setHeader("Status")
                .setSortProperty("status")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(row -> ModelCells.vendor(row, vendorNames))
                .setHeader("Vendor")
                .setSortProperty("vendor")
                .setWidth("110px")
                .setFlexGrow(1);
        list.addComponentColumn(ModelCells::tags)
                .setHeader("Tags")
                .setWidth("130px")
                .setFlexGrow(1);
        list.addComponentColumn(ModelCells::endpoints)
                .setHeader("Endpoints")
                .setWidth("96px")
                .setFlexGrow(1);
        list.addComponentColumn(ModelCells::price)
                .setHeader("Price")
                .setWidth("160px")
                .setFlexGrow(2);
        list.addComponentColumn(ModelCells::served)
                .setHeader("Served by")
                .setSortProperty("channels")
                .setWidth("130px")
                .setFlexGrow(1);
        if (changes) {
            list.setSelectionMode(Grid.SelectionMode.MULTI);
            list.addSelectionListener(event -> bulk.show(new LinkedHashSet<>(event.getAllSelectedItems())));
            list.addComponentColumn(this::tools).setHeader("").setWidth("56px").setFlexGrow(0);
        }
        list.cards(row -> {
            Div card = new Div(
                    Marks.box("card-line", ModelCells.name(row), changes ? tools(row) : new Span()),
                    Marks.box("card-line", ModelCells.status(row), ModelCells.vendor(row, vendorNames)),
                    Marks.box("card-line", ModelCells.price(row), ModelCells.served(row)));
            card.addClassName("card-row");
            return card;
        });
    }

    private Component tools(ModelRow row) {
        Button edit = Tool.icon("Edit " + row.name(), Glyph.EDIT, click -> edit(row));
        edit.addClassName("edit");
        return Marks.box("row-tools", edit);
    }

    private void edit(@org.jspecify.annotations.Nullable ModelRow row) {
        new DescriptionDialog(visitor, row, vendors, tagNames(), this::reload).open();
    }
}
