package io.tollbook.query.account;

import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.Money;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one stored event of an account says, read from its bytes.
 *
 * @param change what it did to the available balance
 * @param available the balance after it; null if it does not say
 */
record BookLine(
        long change, @Nullable Long available, @Nullable String hold, String summary) {
    /** The events that say what is available after them. */
    static final List<String> MOVING = List.of(
            "account.quota-granted",
            "account.quota-deducted",
            "account.funds-held",
            "account.usage-settled",
            "account.hold-released",
            "account.lot-expired",
            "account.call-resolved",
            "account.call-reopened");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static BookLine of(String name, String payload) {
        JsonNode event = JSON.readTree(payload);
        return new BookLine(
                change(name, event),
                event.has("available") ? Long.valueOf(event.path("available").longValue()) : null,
                event.has("hold") ? event.path("hold").stringValue() : null,
                summary(name, event));
    }

    static long availableIn(String payload) {
        return JSON.readTree(payload).path("available").longValue();
    }

    private static long change(String name, JsonNode event) {
        return switch (name) {
            case "account.quota-granted" -> number(event, "amount") - number(event, "overdraftRepaid");
            case "account.quota-deducted", "account.funds-held", "account.lot-expired" -> -number(event, "amount");
            case "account.hold-released" -> number(event, "amount");
            case "account.call-resolved" -> -number(event, "charged");
            case "account.call-reopened" -> number(event, "returned");
            // The overdraft is the part of the charge that came from nowhere.
            case "account.usage-settled" ->
                number(event, "held") - number(event, "charged") + number(event, "overdraft");
            default -> 0;
        };
    }

    private static String summary(String name, JsonNode event) {
        return switch (name) {
            case "account.opened" -> "Account opened";
            case "account.frozen" -> "Account frozen: no new calls";
            case "account.unfrozen" -> "Account unfrozen";
            case "account.quota-granted" -> granted(event);
            case "account.quota-deducted" -> units(event, "amount") + " taken by an administrator";
            case "account.lot-expired" -> units(event, "amount") + " expired";
            case "account.token-limited" ->
                event.hasNonNull("remaining")
                        ? "Key " + number(event, "token") + " may spend " + units(event, "remaining") + " more"
                        : "Key " + number(event, "token") + " may spend without a limit of its own";
            case "account.funds-held" -> units(event, "amount") + " held for " + text(event, "model");
            case "account.usage-settled" -> settled(event);
            case "account.hold-released" ->
                units(event, "amount") + " held for " + text(event, "model") + " given back: " + why(event);
            case "account.call-resolved" -> resolved(event);
            case "account.call-reopened" ->
                "The decision about an unresolved call to " + text(event, "model") + " taken back; "
                        + units(event, "returned") + " returned";
            default -> name;
        };
    }

    private static String granted(JsonNode event) {
        String summary =
                units(event, "amount") + " granted, " + lotClass(text(event, "lotClass")) + ": " + text(event, "cause");
        if (event.hasNonNull("pricePaid")) summary += ", for " + price(event.path("pricePaid"));
        long repaid = number(event, "overdraftRepaid");
        if (repaid > 0) summary += "; " + grouped(repaid) + " paid the overdraft";
        return event.hasNonNull("expiresAt") ? summary + "; expires " + text(event, "expiresAt") : summary;
    }

    private static String price(JsonNode price) {
        return new Money(number(price, "nanos"), text(price, "currency")).toString();
    }

    private static String lotClass(String name) {
        for (LotClass known : LotClass.values())
            if (known.name().equals(name))
                return switch (known) {
                    case PAID -> "paid";
                    case PROMO -> "a gift";
                    case SUBSCRIPTION -> "subscription";
                    case COMPENSATION -> "compensation";
                };
        return name;
    }

    private static String settled(JsonNode event) {
        String summary = units(event, "charged") + " charged for " + text(event, "model") + ", "
                + text(event, "provenance").toLowerCase(Locale.ROOT);
        long overdraft = number(event, "overdraft");
        return overdraft > 0 ? summary + "; " + grouped(overdraft) + " of it owed" : summary;
    }

    private static String resolved(JsonNode event) {
        String model = text(event, "model");
        return switch (text(event, "resolution")) {
            case "CHARGED" ->
                units(event, "charged") + " charged by an administrator for an unresolved call to " + model;
            case "WRITTEN_OFF" -> "An unresolved call to " + model + " written off";
            case "LEFT_WITH_CUSTOMER" -> "An unresolved call to " + model + " left with the customer";
            default -> "An unresolved call to " + model + ": " + text(event, "resolution");
        };
    }

    private static String why(JsonNode event) {
        return switch (text(event, "cause")) {
            case "UPSTREAM_FAILED" -> "no channel answered";
            case "NOT_SENT" -> "nothing was sent";
            case "BY_HAND" -> "an administrator released it";
            case "LEASE_ENDED" -> "nobody knows how the call ended";
            default -> text(event, "cause");
        };
    }

    private static String units(JsonNode event, String field) {
        return grouped(number(event, field));
    }

    private static String grouped(long units) {
        return String.format(Locale.ROOT, "%,d", units);
    }

    private static long number(JsonNode event, String field) {
        return event.path(field).longValue(0);
    }

    private static String text(JsonNode event, String field) {
        return event.path(field).stringValue("");
    }
}
