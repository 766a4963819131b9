package io.tollbook.console.page;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Several names: known ones to pick, others to type. Names pasted with commas, spaces or line ends between them count as many. */
public class NamesField extends MultiSelectComboBox<String> {
    public NamesField(String id, String label, Collection<String> known) {
        super(label);
        setId(id);
        setAllowCustomValue(true);
        setAutoExpand(AutoExpandMode.VERTICAL);
        setClearButtonVisible(true);
        offer(known);
        addCustomValueSetListener(event -> {
            Set<String> names = new LinkedHashSet<>(getValue());
            Arrays.stream(event.getDetail().split("[,\\s]+"))
                    .filter(name -> !name.isBlank())
                    .forEach(names::add);
            setNames(names);
        });
    }

    /** Replaces the names to pick from. */
    public final void offer(Collection<String> known) {
        Set<String> chosen = new LinkedHashSet<>(getValue());
        Set<String> all = new TreeSet<>(known);
        all.addAll(chosen);
        setItems(all);
        setValue(chosen);
    }

    public List<String> names() {
        return List.copyOf(getValue());
    }

    public void setNames(Collection<String> names) {
        Set<String> all = new TreeSet<>(getListDataView().getItems().toList());
        if (all.addAll(names)) setItems(all);
        setValue(new LinkedHashSet<>(names));
    }
}
