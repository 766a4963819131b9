package io.tollbook.console.user;

import com.vaadin.flow.router.Location;
import java.util.List;

/** Where a person goes after sign-in: a page of this console, never another site. */
final class Destination {
    private Destination() {}

    /** The path in the address's {@code to}, from the root on. */
    static String of(Location location) {
        List<String> wishes = location.getQueryParameters().getParameters().getOrDefault("to", List.of());
        return wishes.isEmpty() ? "/" : checked(wishes.getFirst());
    }

    static String checked(String wish) {
        boolean local = wish.matches("[A-Za-z0-9][A-Za-z0-9/_.:@%~-]*(\\?[^#\\\\\\s]*)?") && !wish.contains("//");
        return local ? "/" + wish : "/";
    }
}
