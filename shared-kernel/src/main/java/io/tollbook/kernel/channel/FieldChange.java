package io.tollbook.kernel.channel;

/**
 * A field that differs, as people read it.
 *
 * @param field as the management API and the file of channels name it
 * @param before empty for nothing
 * @param after empty for nothing
 */
public record FieldChange(String field, String before, String after) {
    @Override
    public String toString() {
        return field + ": " + (before.isEmpty() ? "–" : before) + " → " + (after.isEmpty() ? "–" : after);
    }
}
