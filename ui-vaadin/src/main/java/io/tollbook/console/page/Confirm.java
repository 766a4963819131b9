package io.tollbook.console.page;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before something that cannot be taken back. */
public final class Confirm {
    private Confirm() {}

    /** @param deed the button's word, the deed itself: {@code Delete} */
    public static void destructive(String title, String consequence, String deed, Runnable action) {
        ConfirmDialog dialog = ask(title, consequence, deed, action);
        dialog.setConfirmButtonTheme("primary danger error");
        dialog.open();
    }

    public static void plain(String title, String consequence, String deed, Runnable action) {
        ask(title, consequence, deed, action).open();
    }

    private static ConfirmDialog ask(String title, String consequence, String deed, Runnable action) {
        ConfirmDialog dialog = new ConfirmDialog(title, consequence, deed, confirmed -> Notices.attempt(action));
        dialog.setId("confirm");
        dialog.setCancelable(true);
        dialog.setCancelText("Cancel");
        return dialog;
    }
}
