package io.tollbook.kernel.api;

import io.tollbook.kernel.Refused;

/** What an export is written as. */
public enum ExportFormat {
    CSV("csv", "text/csv;charset=utf-8"),
    JSON_LINES("jsonl", "application/jsonl;charset=utf-8");

    private final String extension;
    private final String contentType;

    ExportFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    /** Also its name in a request. */
    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    public static ExportFormat of(String extension) {
        for (ExportFormat format : values()) if (format.extension.equals(extension)) return format;
        throw Refused.invalid("An export is csv or jsonl, not \"" + extension + "\".");
    }
}
