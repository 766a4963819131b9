package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users, newest first.
 *
 * @param keyword part of username or display name, or the id; null for all
 * @param status null for all
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record Users(
        @Nullable String keyword,
        @Nullable String group,
        @Nullable Role role,
        @Nullable UserStatus status,
        Paging paging)
        implements Query<Page<UserProfile>>, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.USERS;
    }

    @Override
    public @Nullable UserId subject() {
        return null;
    }

    @Override
    public List<String> narrowedBy() {
        List<String> words = new ArrayList<>();
        if (keyword != null) words.add("search");
        if (group != null) words.add("group=" + group);
        if (role != null) words.add("role=" + role);
        if (status != null) words.add("status=" + status);
        return words;
    }

    @Override
    public Object look() {
        return List.of(String.valueOf(keyword), String.valueOf(group), String.valueOf(role), String.valueOf(status));
    }
}
