package io.tollbook.kernel.settings;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options that have an effect today: name, kind, default and range. Other keys are stored and wait for theirs. */
public enum Option {
    SYSTEM_NAME("SystemName", "Tollbook", "What the console calls the site"),
    SERVER_ADDRESS("ServerAddress", "", "The address clients and links use; empty for the one the browser shows"),
    REGISTER_ENABLED("RegisterEnabled", true, "Whether strangers may sign up"),
    PASSWORD_LOGIN_ENABLED("PasswordLoginEnabled", true, "Whether passwords are accepted at sign-in"),
    PASSWORD_REGISTER_ENABLED("PasswordRegisterEnabled", true, "Whether strangers may sign up with a password"),
    SELF_USE_MODE("SelfUseModeEnabled", false, "Hides sign-up; for a site with one user"),
    DEMO_SITE("DemoSiteEnabled", false, "Marks the site as a demonstration"),
    QUOTA_FOR_NEW_USER("QuotaForNewUser", 0, 0, 500_000_000_000_000L, "Quota that a new user gets"),
    RETRY_TIMES("RetryTimes", 1, 0, 10, "How many further channels a failed call may try"),
    RETRY_STATUS_CODES(
            "AutomaticRetryStatusCodes",
            "100-199,300-399,401-407,409-499,500-503,505-523,525-599",
            "Upstream statuses after which the next channel is tried"),
    RETRY_BUDGET_PERCENT(
            "tollbook.retry_budget_percent",
            20,
            0,
            100,
            "The share of a channel's calls that may be ones which failed elsewhere, in percent; ten a minute always may"),
    BREAKER_FAILURE_PERCENT(
            "tollbook.breaker_failure_percent",
            50,
            1,
            100,
            "The share of failed calls from which on a channel is passed over, in percent"),
    BREAKER_CALLS_LEAST(
            "tollbook.breaker_calls_least",
            10,
            1,
            10_000,
            "How many calls a channel must have had before it may be passed over"),
    BREAKER_WINDOW_SECONDS(
            "tollbook.breaker_window_seconds",
            30,
            1,
            600,
            "Over how many seconds a channel's failed calls are counted"),
    BREAKER_OPEN_SECONDS(
            "tollbook.breaker_open_seconds",
            5,
            1,
            60,
            "After how many seconds a channel that was passed over is tried again; doubles each time it fails"),
    DISABLES_AUTOMATICALLY(
            "AutomaticDisableChannelEnabled",
            false,
            "Whether a provider's key is switched off when its provider says that it will not work any more"),
    ENABLES_AUTOMATICALLY(
            "AutomaticEnableChannelEnabled",
            false,
            "Whether what was switched off automatically is switched on again after a test that went well"),
    SLOW_TEST_SECONDS(
            "ChannelDisableThreshold",
            new BigDecimal("5"),
            "How many seconds a test of a channel may take; a slower one disables it, where that is done automatically"),
    TESTS_AUTOMATICALLY(
            "monitor_setting.auto_test_channel_enabled", false, "Whether channels are tested from time to time"),
    TEST_MINUTES(
            "monitor_setting.auto_test_channel_minutes",
            10,
            1,
            10_080,
            "How many minutes lie between the end of one round of tests and the next"),
    TEST_MODE(
            "monitor_setting.channel_test_mode",
            "scheduled_all",
            "What is tested from time to time: all that nobody switched off by hand (scheduled_all), or only what was"
                    + " switched off automatically, to switch it on again (passive_recovery)",
            Set.of("scheduled_all", "passive_recovery")),
    DISABLING_STATUS_CODES("AutomaticDisableStatusCodes", "401", "Upstream statuses that switch a key off"),
    DISABLING_WORDS(
            "AutomaticDisableKeywords",
            """
            Your credit balance is too low
            This organization has been disabled.
            You exceeded your current quota
            Permission denied
            The security token included in the request is invalid
            Operation not allowed
            Your account is not authorized""",
            "Parts of upstream messages that switch a key off, one per line; case does not matter"),
    AFFINITY(
            "channel_affinity_setting.enabled",
            true,
            "Whether calls that belong together stay at one channel, so that its prompt cache is of use"),
    AFFINITY_FOLLOWS_SUCCESS(
            "channel_affinity_setting.switch_on_success",
            true,
            "Whether a call that was answered elsewhere takes those that belong to it along"),
    AFFINITY_KEEPS_DISABLED(
            "channel_affinity_setting.keep_on_channel_disabled",
            false,
            "Whether a place is remembered while its channel does not serve"),
    AFFINITIES_MOST(
            "channel_affinity_setting.max_entries",
            100_000,
            1,
            10_000_000,
            "How many conversations' places a node remembers"),
    AFFINITY_TTL_SECONDS(
            "channel_affinity_setting.default_ttl_seconds",
            3_600,
            1,
            2_592_000,
            "How long a place is remembered after the last call, in seconds, where its rule does not say"),
    AFFINITY_RULES(
            "channel_affinity_setting.rules",
            """
            [{"name":"codex cli trace","model_regex":["^gpt-.*$"],"path_regex":["/v1/responses"],\
            "key_sources":[{"type":"gjson","path":"prompt_cache_key"}],"skip_retry_on_failure":true,\
            "include_using_group":true,"include_rule_name":true},\
            {"name":"claude cli trace","model_regex":["^claude-.*$"],"path_regex":["/v1/messages"],\
            "key_sources":[{"type":"gjson","path":"metadata.user_id"}],"skip_retry_on_failure":true,\
            "include_using_group":true,"include_rule_name":true}]""",
            "Which calls belong together, as a JSON list of rules, the first that fits counting"),
    ROUTING_WITHIN_TIER(
            "tollbook.routing_within_tier",
            "weight",
            "Which channel of the best tier is taken: by weight, or the one that begins to answer first (latency)",
            Set.of("weight", "latency")),
    LIMITS_USERS("ModelRequestRateLimitEnabled", false, "Whether users may make only so many requests in a while"),
    LIMIT_MINUTES("ModelRequestRateLimitDurationMinutes", 1, 1, 1_440, "For how many minutes a request counts"),
    LIMIT_CALLS(
            "ModelRequestRateLimitCount",
            0,
            0,
            1_000_000_000L,
            "The most requests of a user in that while, failed ones too; 0 for any number"),
    LIMIT_SUCCESSES(
            "ModelRequestRateLimitSuccessCount",
            1_000,
            1,
            1_000_000_000L,
            "The most requests of a user in that while that have not failed"),
    LIMIT_GROUPS(
            "ModelRequestRateLimitGroup",
            "{}",
            "Both numbers for the keys of a group, in the place of the site's, like {\"vip\":[0,5000]}"),
    LIMIT_TOKEN_CALLS(
            "tollbook.token_limit_count",
            0,
            0,
            1_000_000_000L,
            "The most requests of one API key in that while, failed ones too; 0 for any number"),
    LIMIT_TOKEN_SUCCESSES(
            "tollbook.token_limit_success_count",
            0,
            0,
            1_000_000_000L,
            "The most requests of one API key in that while that have not failed; 0 for any number"),
    LIMIT_MODELS(
            "tollbook.model_limits",
            "{}",
            "Both numbers for one user's requests to a model, like {\"gpt-4o\":[100,50]}; 0 for any number"),
    LIMIT_USER_OPEN(
            "tollbook.user_open_requests", 0, 0, 100_000, "The most requests a user may have open; 0 for any number"),
    LIMIT_TOKEN_OPEN(
            "tollbook.token_open_requests",
            0,
            0,
            100_000,
            "The most requests an API key may have open; 0 for any number"),
    USER_USABLE_GROUPS(
            "UserUsableGroups",
            "{\"default\":\"Default\",\"vip\":\"VIP\"}",
            "Groups that users may choose, with a description"),
    SPECIAL_USABLE_GROUPS(
            "group_ratio_setting.group_special_usable_group",
            "{}",
            "Groups that users of one group may choose beside those open to all (+:group), or may not (-:group)"),
    AUTO_GROUPS("AutoGroups", "[\"default\"]", "The groups that the group auto tries, in this order"),
    DEFAULT_USE_AUTO_GROUP(
            "DefaultUseAutoGroup", false, "Whether a new key's group is auto where its user may choose that"),
    GROUP_DESCRIPTIONS("tollbook.group_descriptions", "{}", "Descriptions of groups that nobody may choose, by group"),
    CATALOGUE_SOURCE(
            "tollbook.catalogue_source",
            "",
            "Address of the site whose model catalogue is offered for synchronisation; empty for none"),
    MAX_USER_TOKENS("token_setting.max_user_tokens", 1_000, 1, 100_000, "The most API keys a user may have"),
    DRAIN_SECONDS(
            "tollbook.drain_seconds",
            30,
            0,
            600,
            "How long an answer is read on after its client has hung up, in seconds"),
    DRAIN_BYTES(
            "tollbook.drain_bytes",
            8_388_608,
            0,
            1_073_741_824L,
            "The most that is read on after its client has hung up, in bytes"),
    FIRST_BYTE_SECONDS(
            "tollbook.first_byte_seconds",
            120,
            1,
            3_600,
            "How long an upstream may take to start its answer, in seconds"),
    STREAM_SILENCE_SECONDS(
            "tollbook.stream_silence_seconds", 300, 1, 3_600, "How long a running answer may be silent, in seconds"),
    PING(
            "general_setting.ping_interval_enabled",
            false,
            "Whether a client that waits for its stream hears something from time to time"),
    PING_SECONDS(
            "general_setting.ping_interval_seconds",
            60,
            1,
            3_600,
            "After how long a silence such a client hears something, in seconds"),
    CALL_SECONDS("tollbook.call_seconds", 3_000, 1, 3_000, "How long a whole call may take, in seconds"),
    IMPOSSIBLE_USAGE(
            "tollbook.impossible_usage",
            "estimate",
            "What a call costs whose provider reports usage that cannot be: estimate (by its text, never above the hold),"
                    + " hold (all that was held) or nothing",
            Set.of("estimate", "hold", "nothing")),
    LOG_CLEARED_BEFORE(
            "tollbook.log_cleared_before",
            0,
            0,
            253_402_300_799L,
            "Usage log rows from before this moment, in Unix seconds, are taken out of the log"),
    SECOND_PERSON_ABOVE(
            "tollbook.second_person_above",
            0,
            0,
            500_000_000_000_000L,
            "Changes of quota by hand that would bring what one person changed in 24 hours above this much quota wait for a second"
                    + " administrator; 0 for none. A higher limit, or none, is in force a day after it is set"),
    MARGIN_ALARM_PERCENT(
            "tollbook.margin_alarm_percent",
            0,
            -1_000_000,
            100,
            "An alarm is raised where less than this many percent of an hour's revenue of a model at a channel are left"),
    FREE_MODELS("tollbook.unpriced_models_are_free", false, "Whether models without a price may be used for nothing"),
    FETCH_GUARD("fetch_setting.enable_ssrf_protection", true, "Whether addresses of clients are fetched under guard"),
    FETCH_PRIVATE(
            "fetch_setting.allow_private_ip",
            false,
            "Whether an address given by clients or root may lead into private networks"),
    CHANNEL_PRIVATE(
            "tollbook.private_channel_addresses",
            true,
            "Whether a channel's base URL may lead into private networks, for providers of one's own"),
    FETCH_DOMAINS_ARE_ALLOWED(
            "fetch_setting.domain_filter_mode",
            false,
            "Whether the listed domains are the only ones fetched from, instead of never"),
    FETCH_DOMAINS(
            "fetch_setting.domain_list",
            "[]",
            "Domains for the rule above, as a JSON list; *.example.com for all below"),
    FETCH_ADDRESSES_ARE_ALLOWED(
            "fetch_setting.ip_filter_mode",
            false,
            "Whether the listed networks are the only ones fetched from, instead of never"),
    FETCH_ADDRESSES(
            "fetch_setting.ip_list", "[]", "Networks for the rule above, as a JSON list of addresses and ranges"),
    FETCH_PORTS(
            "fetch_setting.allowed_ports",
            "[\"80\",\"443\",\"8080\",\"8443\"]",
            "Ports that clients' addresses may name, as a JSON list; none listed allows all"),
    EXPOSE_RATIO("ExposeRatioEnabled", false, "Whether anybody may read the price maps at /api/ratio_config"),
    HEADER_MODULES(
            "HeaderNavModules",
            "",
            "Which pages are open without sign-in, like {\"pricing\":{\"enabled\":true,\"requireAuth\":false}};"
                    + " empty for all"),
    PLANNED_PRICES(
            "tollbook.planned_prices",
            "users",
            "Who sees prices that are published and not yet in force, besides administrators: nobody, users or everybody",
            Set.of("nobody", "users", "everybody")),
    QUOTA_DISPLAY_TYPE(
            "general_setting.quota_display_type",
            "USD",
            "What the pricing page shows prices in: USD, CNY, TOKENS (quota) or CUSTOM",
            Set.of("USD", "CNY", "TOKENS", "CUSTOM")),
    USD_EXCHANGE_RATE("USDExchangeRate", new BigDecimal("7.3"), "How many CNY the pricing page shows for 1 USD"),
    CUSTOM_CURRENCY_SYMBOL("general_setting.custom_currency_symbol", "¤", "The sign of the custom currency"),
    CUSTOM_CURRENCY_RATE(
            "general_setting.custom_currency_exchange_rate",
            BigDecimal.ONE,
            "How many of the custom currency the pricing page shows for 1 USD");

    private final String key;
    private final String initial;
    private final String meaning;
    private final OptionRange range;

    public enum Kind {
        TEXT,
        SWITCH,
        NUMBER,
        /** Above zero. */
        DECIMAL,
        CHOICE
    }

    Option(String key, String initial, String meaning) {
        this(key, initial, meaning, Kind.TEXT, 0, 0, Set.of());
    }

    Option(String key, boolean initial, String meaning) {
        this(key, Boolean.toString(initial), meaning, Kind.SWITCH, 0, 0, Set.of());
    }

    Option(String key, long initial, long least, long most, String meaning) {
        this(key, Long.toString(initial), meaning, Kind.NUMBER, least, most, Set.of());
    }

    Option(String key, BigDecimal initial, String meaning) {
        this(key, initial.toPlainString(), meaning, Kind.DECIMAL, 0, 0, Set.of());
    }

    Option(String key, String initial, String meaning, Set<String> choices) {
        this(key, initial, meaning, Kind.CHOICE, 0, 0, choices);
    }

    Option(String key, String initial, String meaning, Kind kind, long least, long most, Set<String> choices) {
        this.key = key;
        this.initial = initial;
        this.meaning = meaning;
        range = new OptionRange(kind, least, most, choices);
    }

    public String key() {
        return key;
    }

    public String initial() {
        return initial;
    }

    public String meaning() {
        return meaning;
    }

    public Kind kind() {
        return range.kind();
    }

    public static Optional<Option> of(String key) {
        for (Option option : values()) if (option.key.equals(key)) return Optional.of(option);
        return Optional.empty();
    }

    /** What it can be set to; empty where that is not a choice among few. */
    public Set<String> choices() {
        return range.choices();
    }

    public String text(Map<String, String> options) {
        return options.getOrDefault(key, initial);
    }

    public boolean isOn(Map<String, String> options) {
        return Boolean.parseBoolean(text(options));
    }

    public long number(Map<String, String> options) {
        return Long.parseLong(text(options));
    }

    public BigDecimal decimal(Map<String, String> options) {
        return new BigDecimal(text(options));
    }

    /** The value in its stored form, or a refusal that says what is allowed. */
    public String checked(String value) {
        return range.checked(key, value);
    }
}
