package io.tollbook.console.account;

import io.tollbook.console.access.Visitor;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries at any place of a book. Sequences are gapless, so without filters a place in the list names its
 * sequence and even the middle of a million entries is one question away. With filters the book is read on from where it
 * was read to, and what was read is kept.
 */
final class BookRows {
    private final Visitor visitor;
    private final AccountId account;
    private final @Nullable Instant asOf;
    private final Set<String> names;
    private final @Nullable String text;
    private final List<BookEntry> read = new ArrayList<>();
    private boolean atEnd;

    BookRows(Visitor visitor, AccountId account, @Nullable Instant asOf, Set<String> names, @Nullable String text) {
        this.visitor = visitor;
        this.account = account;
        this.asOf = asOf;
        this.names = names;
        this.text = text;
    }

    boolean isFiltered() {
        return !names.isEmpty() || text != null;
    }

    /** @param events entries of the whole book at that moment */
    Stream<BookEntry> at(int offset, int limit, long events) {
        if (isFiltered()) return filtered(offset, limit);
        List<BookEntry> rows = new ArrayList<>(limit);
        // The newest has sequence events - 1 and stands at offset 0.
        long before = events - offset;
        while (rows.size() < limit && before > 0) {
            List<BookEntry> some = ask(before, Math.min(Paging.LIMIT_MAX, limit - rows.size()));
            if (some.isEmpty()) break;
            rows.addAll(some);
            before = some.getLast().sequence();
        }
        return rows.stream();
    }

    private Stream<BookEntry> filtered(int offset, int limit) {
        while (!atEnd && read.size() < offset + limit) {
            int step = Math.max(50, Math.min(Paging.LIMIT_MAX, offset + limit - read.size()));
            List<BookEntry> some = ask(read.isEmpty() ? null : read.getLast().sequence(), step);
            read.addAll(some);
            atEnd = some.size() < step;
        }
        return read.stream().skip(offset).limit(limit);
    }

    private List<BookEntry> ask(@Nullable Long before, int limit) {
        return visitor.ask(new BookOf(account, asOf, names, text, before, limit, visitor.maySee(Role.ADMIN)));
    }
}
