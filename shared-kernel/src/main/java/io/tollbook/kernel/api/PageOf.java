package io.tollbook.kernel.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list in the management API. */
public record PageOf<T>(int page, @JsonProperty("page_size") int pageSize, long total, List<T> items) {
    public static final int SIZE_MAX = 100;

    public static <S, T> PageOf<T> of(Paging paging, Page<S> page, Function<S, T> shape) {
        return new PageOf<>(
                (int) (paging.offset() / paging.limit()) + 1,
                paging.limit(),
                page.total(),
                page.items().stream().map(shape).toList());
    }

    /**
     * The paging that query parameters ask for.
     *
     * @param p page from 1; null or 0 for the first
     * @param pageSize 1 to 100; null for 10
     */
    public static Paging paging(@Nullable Integer p, @Nullable Integer pageSize) {
        int size = pageSize == null ? 10 : pageSize;
        if (size < 1 || size > SIZE_MAX) throw Refused.invalid("page_size must lie between 1 and " + SIZE_MAX + ".");
        int number = p == null || p == 0 ? 1 : p;
        if (number < 1 || number > 10_000_000) throw Refused.invalid("p must lie between 1 and 10000000.");
        return new Paging((long) (number - 1) * size, size);
    }
}
