package io.tollbook.console.page;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ExtendedClientDetails;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as the clock of the browser shows them. */
public final class Moments {
    /** Years that an address may name: sums with any of their moments can be said to a database. */
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9998-12-31T00:00:00Z");

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter MILLI = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Moments() {}

    /** The browser's time zone. */
    public static ZoneId zone() {
        UI ui = UI.getCurrent();
        ExtendedClientDetails browser = ui == null ? null : ui.getPage().getExtendedClientDetails();
        if (browser == null || browser.getTimeZoneId() == null) return ZoneOffset.UTC;
        try {
            return ZoneId.of(browser.getTimeZoneId());
        } catch (DateTimeException e) {
            return ZoneOffset.UTC; // A browser may name a zone that this JDK does not know.
        }
    }

    public static String second(Instant moment) {
        return SECOND.format(moment.atZone(zone()));
    }

    public static String minute(Instant moment) {
        return MINUTE.format(moment.atZone(zone()));
    }

    public static String milli(Instant moment) {
        return MILLI.format(moment.atZone(zone()));
    }

    public static @Nullable LocalDateTime local(@Nullable Instant moment) {
        return moment == null ? null : moment.atZone(zone()).toLocalDateTime();
    }

    public static @Nullable Instant instant(@Nullable LocalDateTime local) {
        return local == null ? null : local.atZone(zone()).toInstant();
    }

    /** How long ago, roughly: {@code 3 min ago}. */
    public static String ago(@Nullable Instant moment, Instant now) {
        if (moment == null) return "never";
        Duration since = Duration.between(moment, now);
        if (since.toSeconds() < 60) return since.isNegative() ? second(moment) : "just now";
        if (since.toMinutes() < 60) return since.toMinutes() + " min ago";
        if (since.toHours() < 24) return since.toHours() + " h ago";
        if (since.toDays() < 60) return since.toDays() + (since.toDays() == 1 ? " day ago" : " days ago");
        return minute(moment).substring(0, 10);
    }

    /** {@code 840 ms}, {@code 12.3 s}, {@code 4 min}. */
    public static String length(long millis) {
        if (millis < 1_000) return millis + " ms";
        if (millis < 100_000) return millis / 1_000 + "." + millis % 1_000 / 100 + " s";
        return millis / 60_000 + " min";
    }

    /** A moment as addresses say it. @throws DateTimeException for what is none, or lies beyond what anybody has to say */
    public static Instant moment(String text) {
        Instant moment = Instant.parse(text);
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) throw new DateTimeException("beyond the calendar: " + text);
        return moment;
    }

    /** A day, likewise. */
    public static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        moment(day.atStartOfDay(ZoneOffset.UTC).toInstant().toString());
        return day;
    }
}
