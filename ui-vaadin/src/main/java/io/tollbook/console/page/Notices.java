package io.tollbook.console.page;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.tollbook.kernel.Refused;

/** Short words after a deed: it is done, it was refused, it broke. */
public final class Notices {
    private Notices() {}

    public static void done(String sentence) {
        show(sentence, 3_000, NotificationVariant.SUCCESS, "done");
    }

    /** Says that it is done, and takes it back for whoever presses the button within some seconds. */
    public static void undoable(String sentence, Runnable undo) {
        Notification notice = notice(sentence, 12_000, NotificationVariant.SUCCESS, "done");
        Button button = new Button("Undo");
        button.setId("notice-undo");
        button.setDisableOnClick(true);
        button.addClickListener(click -> {
            notice.close();
            if (attempt(undo)) done("Undone.");
        });
        notice.add(button);
        notice.open();
    }

    /** Says why not. Stays longer than a success and interrupts a screen reader. */
    public static void refused(Refused refused) {
        show(refused.getMessage(), 8_000, NotificationVariant.ERROR, "refused");
    }

    public static void refused(String sentence) {
        show(sentence, 8_000, NotificationVariant.ERROR, "refused");
    }

    public static void fault() {
        show("Something went wrong on our side. It has been logged.", 8_000, NotificationVariant.ERROR, "fault");
    }

    /** Does it, or says why not. True if it was done. */
    public static boolean attempt(Runnable deed) {
        try {
            deed.run();
            return true;
        } catch (Refused refused) {
            refused(refused);
            return false;
        }
    }

    private static void show(String sentence, int millis, NotificationVariant variant, String kind) {
        notice(sentence, millis, variant, kind).open();
    }

    private static Notification notice(String sentence, int millis, NotificationVariant variant, String kind) {
        Notification notice = new Notification();
        notice.setDuration(millis);
        notice.setPosition(Notification.Position.BOTTOM_CENTER);
        notice.addThemeVariants(variant);
        notice.setAssertive(variant == NotificationVariant.ERROR);
        Span text = new Span(sentence);
        text.addClassNames("notice", "notice-" + kind);
        notice.add(text);
        return notice;
    }
}
