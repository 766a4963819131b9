package io.tollbook.kernel.api;

import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored objects in the management API's keys. Times are Unix seconds; secrets have no place here. */
public final class Shapes {
    private Shapes() {}

    public static Map<String, @Nullable Object> token(TokenSummary token) {
        TokenTerms terms = token.terms();
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", token.id().value());
        shape.put("user_id", token.owner().value());
        shape.put("key", token.hint().replace("…", "**********"));
        shape.put("status", token.status().number());
        shape.put("name", terms.name());
        shape.put("created_time", token.createdAt().getEpochSecond());
        shape.put("accessed_time", seconds(token.lastUsedAt(), token.createdAt().getEpochSecond()));
        shape.put("expired_time", seconds(terms.expiresAt(), -1));
        shape.put(
                "remain_quota",
                terms.remaining() == null ? 0 : terms.remaining().units());
        shape.put("unlimited_quota", terms.remaining() == null);
        shape.put("model_limits_enabled", terms.modelsLimited());
        shape.put("model_limits", String.join(",", terms.models()));
        shape.put("allow_ips", String.join("\n", terms.addresses()));
        shape.put("used_quota", token.used().units());
        shape.put("group", terms.group());
        shape.put("cross_group_retry", terms.crossGroupRetry());
        shape.put("DeletedAt", null);
        return shape;
    }

    public static Map<String, @Nullable Object> user(UserProfile user, Balance balance) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", user.id().value());
        shape.put("username", user.username());
        shape.put("password", "");
        shape.put("original_password", "");
        shape.put("display_name", user.displayName());
        shape.put("role", user.role().number());
        shape.put("status", user.status() == UserStatus.ENABLED ? 1 : 2);
        for (String absent : new String[] {
            "email",
            "github_id",
            "discord_id",
            "oidc_id",
            "wechat_id",
            "telegram_id",
            "linux_do_id",
            "verification_code"
        }) shape.put(absent, "");
        shape.put("quota", balance.available().units());
        shape.put("used_quota", balance.used().units());
        shape.put("request_count", balance.calls());
        shape.put("group", user.group());
        shape.put("aff_code", "");
        shape.put("aff_count", 0);
        shape.put("aff_quota", 0);
        shape.put("aff_history_quota", 0);
        shape.put("inviter_id", 0);
        shape.put("invitation_code", "");
        shape.put("setting", "");
        shape.put("stripe_customer", "");
        shape.put("remark", user.remark());
        shape.put("created_at", user.createdAt().getEpochSecond());
        shape.put("last_login_at", seconds(user.lastSignInAt(), 0));
        shape.put(
                "DeletedAt",
                user.status() == UserStatus.DELETED ? user.createdAt().toString() : null);
        return shape;
    }

    public static Map<String, @Nullable Object> channel(ChannelSummary channel) {
        ChannelTerms terms = channel.terms();
        Map<String, String> extra = terms.extra();
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", channel.id().value());
        shape.put("type", terms.type());
        shape.put("key", "");
        shape.put("openai_organization", extra.get("openai_organization"));
        shape.put("test_model", orNull(terms.testModel()));
        shape.put("status", channel.status().number());
        shape.put("name", terms.name());
        shape.put("weight", terms.weight());
        shape.put("created_time", channel.createdAt().getEpochSecond());
        shape.put("test_time", seconds(channel.testedAt(), 0));
        shape.put("response_time", channel.testMillis());
        shape.put("base_url", terms.baseUrl());
        shape.put("other", extra.getOrDefault("other", ""));
        shape.put("balance", channel.balance() == null ? 0 : channel.balance().amount());
        shape.put(
                "balance_currency",
                channel.balance() == null ? "" : channel.balance().currency());
        shape.put("balance_updated_time", seconds(channel.balanceAt(), 0));
        shape.put("models", String.join(",", terms.models()));
        shape.put("group", String.join(",", terms.groups()));
        shape.put("used_quota", channel.used().units());
        shape.put("model_mapping", terms.modelMapping().isEmpty() ? null : json(terms.modelMapping()));
        shape.put("status_code_mapping", extra.getOrDefault("status_code_mapping", ""));
        shape.put("priority", terms.priority());
        shape.put("auto_ban", terms.autoBan() ? 1 : 0);
        shape.put(
                "other_info",
                channel.status() == ChannelStatus.ENABLED
                        ? ""
                        : json(Map.of(
                                "status_reason",
                                channel.statusReason(),
                                "status_time",
                                seconds(channel.statusAt(), channel.createdAt().getEpochSecond()))));
        shape.put("tag", orNull(terms.tag()));
        shape.put("setting", extra.get("setting"));
        shape.put("param_override", extra.get("param_override"));
        shape.put("header_override", extra.get("header_override"));
        shape.put("remark", orNull(terms.remark()));
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        boolean several = channel.keys().all() > 1;
        info.put("is_multi_key", several);
        info.put("multi_key_size", several ? channel.keys().all() : 0);
        info.put("multi_key_status_list", null);
        info.put("multi_key_polling_index", 0);
        info.put("multi_key_mode", several ? extra.getOrDefault("multi_key_mode", "random") : "");
        info.put("multi_key_enabled_count", channel.keys().on());
        shape.put("channel_info", info);
        shape.put("settings", extra.getOrDefault("settings", ""));
        return shape;
    }

    private static String json(Map<String, ?> map) {
        return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(map);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static long seconds(@Nullable Instant moment, long otherwise) {
        return moment == null ? otherwise : moment.getEpochSecond();
    }
}
