package io.tollbook.kernel.api;

import io.tollbook.kernel.Refused;

/** What an export is written as. */
public enum ExportFormat {
    CSV("csv", "text/csv;charset=utf-8", true),
    JSON_LINES("jsonl", "application/jsonl;charset=utf-8", true),
    BEANCOUNT("beancount", "text/plain;charset=utf-8", false),
    /** What hledger and ledger read. */
    LEDGER("ledger", "text/plain;charset=utf-8", false);

    private final String extension;
    private final String contentType;
    private final boolean table;

    ExportFormat(String extension, String contentType, boolean table) {
        this.extension = extension;
        this.contentType = contentType;
        this.table = table;
    }

    /** Also its name in a request. */
    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether it has rows and columns; a journal has neither. */
    public boolean isTable() {
        return table;
    }

    public static ExportFormat of(String extension) {
        for (ExportFormat format : values()) if (format.extension.equals(extension)) return format;
        throw Refused.invalid("An export is csv, jsonl, beancount or ledger, not “" + extension + "”.");
    }

    public static ExportFormat tableOf(String extension) {
        for (ExportFormat format : values()) if (format.table && format.extension.equals(extension)) return format;
        throw Refused.invalid("An export is csv or jsonl, not \"" + extension + "\".");
    }
}
