package io.tollbook.query.site;

import static io.tollbook.query.schema.Tables.OPTION;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.site.SiteState;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.user.Role;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Answers whether the site can be used: the wizard's last step sets the mode. */
@Component
class SiteQueries {
    private final DSLContext views;

    SiteQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    SiteState handle(SiteStateNow query) {
        boolean root = views.fetchExists(USER_PROFILE, USER_PROFILE.ROLE.eq((short) Role.ROOT.number()));
        boolean mode = views.fetchExists(OPTION, OPTION.KEY.eq("SelfUseModeEnabled"));
        return new SiteState(root && mode, root);
    }
}
