package io.tollbook.kernel.catalogue;

/**
 * Who makes models, as the price page tells it.
 *
 * @param icon name of an icon, or address of one; empty for none
 * @param enabled whether the price page shows it
 */
public record VendorTerms(String name, String description, String icon, boolean enabled) {
    public static final int NAME_MAX = 128;
    public static final int DESCRIPTION_MAX = 2_000;
    public static final int ICON_MAX = 255;

    public VendorTerms {
        name = Texts.label("vendor's name", name, NAME_MAX);
        description = Texts.bounded("vendor's description", description, DESCRIPTION_MAX);
        icon = Texts.line("vendor's icon", icon, ICON_MAX);
    }
}
