package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields above a list that narrow it. Their values stand in the page's address, so that it can be kept and shared. */
public class Filters extends Div {
    private final List<Filter<?>> filters = new ArrayList<>();
    private String path = "";
    private boolean reading;

    /** A filter that narrows now, as people read it. */
    public record Active(String name, String label, String value) {}

    private record Filter<V extends @Nullable Object>(
            String name,
            HasValue<?, V> field,
            Function<V, String> words,
            Function<V, @Nullable String> write,
            Function<String, V> read,
            V absent,
            boolean narrows) {
        Optional<Active> active() {
            if (!narrows || text() == null) return Optional.empty();
            String label = field instanceof HasLabel labelled ? labelled.getLabel() : name;
            return Optional.of(new Active(name, label, words.apply(field.getValue())));
        }

        void take(@Nullable String text) {
            V value;
            try {
                value = text == null ? absent : read.apply(text);
            } catch (RuntimeException e) {
                value = absent; // Somebody may type anything into an address.
            }
            field.setValue(value);
        }

        @Nullable
        String text() {
            return field.isEmpty() ? null : write.apply(field.getValue());
        }
    }

    public Filters() {
        addClassName("filters");
    }

    /** A field to type in; the list follows a moment after the last key. */
    public TextField text(String name, String label) {
        TextField field = new TextField(label);
        field.setClearButtonVisible(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(350);
        add(name, field, value -> value.isBlank() ? null : value.strip(), text -> text);
        return field;
    }

    /** A choice among values; none of them chosen means all. */
    public <E> Select<E> choice(
            String name, String label, List<E> values, Function<E, String> words, Function<E, String> key) {
        Select<E> select = select(label, values);
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption("All");
        select.setItemLabelGenerator(value -> value == null ? "All" : words.apply(value));
        add(
                name,
                select,
                words,
                key,
                text -> select.getListDataView()
                        .getItems()
                        .filter(value -> key.apply(value).equals(text))
                        .findFirst()
                        .orElse(null));
        return select;
    }

    /** Offers other values in a choice. What is chosen stays, even if it is none of them any more. */
    public <E> void offer(Select<E> choice, List<E> values) {
        E chosen = choice.getValue();
        List<E> offered = new ArrayList<>(values);
        if (chosen != null && !offered.contains(chosen)) offered.add(chosen);
        boolean before = reading;
        reading = true;
        try {
            choice.setItems(offered);
            choice.setValue(chosen);
        } finally {
            reading = before;
        }
    }

    /** A choice of which one value always counts. The standard one does not narrow, and is not in the address. */
    public <E> Select<E> choice(
            String name, String label, List<E> values, E standard, Function<E, String> words, Function<E, String> key) {
        Select<E> select = select(label, values);
        select.setItemLabelGenerator(words::apply);
        select.setValue(standard);
        add(
                name,
                select,
                words,
                value -> value.equals(standard) ? null : key.apply(value),
                text -> values.stream()
                        .filter(value -> key.apply(value).equals(text))
                        .findFirst()
                        .orElse(standard),
                standard);
        return select;
    }

    private static <E> Select<E> select(String label, List<E> values) {
        Select<E> select = new Select<>();
        select.setLabel(label);
        select.setItems(values);
        return select;
    }

    /**
     * A filter that has no field: an address sets it, and its mark takes it away.
     *
     * @param words how people read it; throws for what is no such value
     */
    public HasValue<?, String> pinned(String name, String label, Function<String, String> words) {
        Pinned pinned = new Pinned(label);
        add(name, pinned, words, value -> value, text -> {
            words.apply(text);
            return text;
        });
        return pinned;
    }

    /** Any other field. */
    public <V extends @Nullable Object, F extends Component & HasValue<?, V>> void add(
            String name, F field, Function<V, @Nullable String> write, Function<String, V> read) {
        add(name, field, String::valueOf, write, read);
    }

    /** @param words the value as people read it */
    public <V extends @Nullable Object, F extends Component & HasValue<?, V>> void add(
            String name,
            F field,
            Function<V, String> words,
            Function<V, @Nullable String> write,
            Function<String, V> read) {
        add(name, field, words, write, read, field.getEmptyValue());
    }

    private <V extends @Nullable Object, F extends Component & HasValue<?, V>> void add(
            String name,
            F field,
            Function<V, String> words,
            Function<V, @Nullable String> write,
            Function<String, V> read,
            V standard) {
        field.setId("filter-" + name);
        filters.add(new Filter<>(name, field, words, write, read, standard, true));
        follow(field);
        add(field);
    }

    /**
     * A choice of how the list looks, which narrows nothing and stays when the filters are cleared.
     *
     * @param usual what is chosen where the address does not say
     */
    public <E, F extends Component & HasValue<?, E>> void look(
            String name, F field, List<E> values, E usual, Function<E, String> key) {
        field.setId("look-" + name);
        field.setValue(usual);
        filters.add(new Filter<>(
                name,
                field,
                key,
                value -> value.equals(usual) ? null : key.apply(value),
                text -> values.stream()
                        .filter(value -> key.apply(value).equals(text))
                        .findFirst()
                        .orElse(usual),
                usual,
                false));
        follow(field);
    }

    private void follow(HasValue<?, ?> field) {
        field.addValueChangeListener(change -> {
            if (!reading) show();
        });
    }

    /** Fills the fields from an address. */
    public void read(Location location) {
        path = location.getPath();
        Map<String, List<String>> parameters = location.getQueryParameters().getParameters();
        reading = true;
        try {
            for (Filter<?> filter : filters) {
                List<String> values = parameters.getOrDefault(filter.name, List.of());
                filter.take(values.isEmpty() ? null : values.getFirst());
            }
        } finally {
            reading = false;
        }
    }

    /** Whether anything is narrowed. */
    public boolean isActive() {
        return !active().isEmpty();
    }

    public List<Active> active() {
        return filters.stream().flatMap(filter -> filter.active().stream()).toList();
    }

    /** Narrows no longer by this one. */
    public void clear(String name) {
        Map<String, String> parameters = parameters();
        parameters.remove(name);
        UI.getCurrent().navigate(path, QueryParameters.simple(parameters));
    }

    public void clear() {
        Map<String, String> parameters = parameters();
        for (Active one : active()) parameters.remove(one.name());
        UI.getCurrent().navigate(path, QueryParameters.simple(parameters));
    }

    /** The page's address as the fields have it, but for one of them. */
    public String addressWith(String name, String value) {
        Map<String, String> parameters = parameters();
        parameters.put(name, value);
        return path + "?" + QueryParameters.simple(parameters).getQueryString();
    }

    /** The filters in force, as they stand in the address. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Filter<?> filter : filters) {
            String text = filter.text();
            if (text != null) parameters.put(filter.name, text);
        }
        return parameters;
    }

    private void show() {
        UI.getCurrent().navigate(path, QueryParameters.simple(parameters()));
    }
}
