package io.tollbook.query.settings;

import static io.tollbook.query.schema.Tables.OPTION;

import io.tollbook.kernel.settings.Options;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Answers which options were set; secret ones are left out. */
@Component
class OptionQueries {
    private final DSLContext views;

    OptionQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Map<String, String> handle(Options query) {
        Map<String, String> options = new HashMap<>();
        views.select(OPTION.KEY, OPTION.VALUE)
                .from(OPTION)
                .where(OPTION.VALUE.isNotNull())
                .forEach(row -> options.put(row.value1(), row.value2()));
        return options;
    }
}
