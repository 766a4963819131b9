package io.tollbook.kernel.channel.override;

import java.util.Locale;
import java.util.Optional;

/** What an operation does, and which of its fields it cannot do without. */
public enum OverrideMode {
    SET(Needs.PATH_AND_VALUE),
    DELETE(Needs.PATH),
    MOVE(Needs.FROM_AND_TO),
    COPY(Needs.FROM_AND_TO),
    PREPEND(Needs.PATH_AND_VALUE),
    APPEND(Needs.PATH_AND_VALUE),
    TRIM_PREFIX(Needs.PATH_AND_VALUE),
    TRIM_SUFFIX(Needs.PATH_AND_VALUE),
    ENSURE_PREFIX(Needs.PATH_AND_VALUE),
    ENSURE_SUFFIX(Needs.PATH_AND_VALUE),
    TRIM_SPACE(Needs.PATH),
    TO_LOWER(Needs.PATH),
    TO_UPPER(Needs.PATH),
    REPLACE(Needs.PATH_AND_FROM),
    REGEX_REPLACE(Needs.PATH_AND_FROM),
    PRUNE_OBJECTS(Needs.PATH_AND_VALUE),
    RETURN_ERROR(Needs.VALUE),
    SET_HEADER(Needs.PATH_AND_VALUE),
    DELETE_HEADER(Needs.PATH),
    COPY_HEADER(Needs.FROM_AND_TO),
    MOVE_HEADER(Needs.FROM_AND_TO),
    PASS_HEADERS(Needs.VALUE),
    SYNC_FIELDS(Needs.FROM_AND_TO);

    enum Needs {
        PATH,
        VALUE,
        PATH_AND_VALUE,
        PATH_AND_FROM,
        FROM_AND_TO;

        boolean path() {
            return this == PATH || this == PATH_AND_VALUE || this == PATH_AND_FROM;
        }

        boolean value() {
            return this == VALUE || this == PATH_AND_VALUE;
        }

        boolean from() {
            return this == PATH_AND_FROM || this == FROM_AND_TO;
        }
    }

    final Needs needs;

    OverrideMode(Needs needs) {
        this.needs = needs;
    }

    /** As it is written: {@code trim_prefix}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OverrideMode> of(String word) {
        for (OverrideMode mode : values()) if (mode.word().equals(word)) return Optional.of(mode);
        return Optional.empty();
    }
}
