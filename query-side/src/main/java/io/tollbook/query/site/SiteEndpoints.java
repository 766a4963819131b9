package io.tollbook.query.site;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.Version;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.site.SiteState;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anybody may know of the site, and how far its read models are. */
@RestController
class SiteEndpoints {
    private static final List<String> SWITCHED_OFF = List.of(
            "announcements_enabled",
            "api_info_enabled",
            "checkin_enabled",
            "default_collapse_sidebar",
            "discord_oauth",
            "email_verification",
            "enable_batch_update",
            "enable_drawing",
            "enable_task",
            "faq_enabled",
            "github_oauth",
            "invitation_code_enabled",
            "linuxdo_oauth",
            "mj_notify_enabled",
            "oidc_enabled",
            "passkey_allow_insecure",
            "passkey_login",
            "privacy_policy_enabled",
            "telegram_oauth",
            "turnstile_check",
            "uptime_kuma_enabled",
            "user_agreement_enabled",
            "wechat_login");
    private static final List<String> EMPTY = List.of(
            "SidebarModulesAdmin",
            "discord_client_id",
            "docs_link",
            "footer_html",
            "github_client_id",
            "linuxdo_client_id",
            "logo",
            "oidc_authorization_endpoint",
            "oidc_client_id",
            "passkey_attachment",
            "passkey_display_name",
            "passkey_origins",
            "passkey_rp_id",
            "passkey_user_verification",
            "telegram_bot_name",
            "turnstile_site_key",
            "wechat_qrcode");

    private final Messages messages;
    private final ReadModels readModels;
    private final Instant startedAt = Instant.now();

    SiteEndpoints(Messages messages, ReadModels readModels) {
        this.messages = messages;
        this.readModels = readModels;
    }

    @GetMapping("/api/status")
    Envelope status() {
        Map<String, String> options = messages.ask(new Options(), Actor.SYSTEM);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("version", Version.NUMBER);
        status.put("start_time", startedAt.getEpochSecond());
        status.put("setup", messages.ask(new SiteStateNow(), Actor.SYSTEM).setUp());
        status.put("system_name", Option.SYSTEM_NAME.text(options));
        status.put("server_address", Option.SERVER_ADDRESS.text(options));
        status.put("theme", "default");
        status.put("register_enabled", Option.REGISTER_ENABLED.isOn(options));
        status.put("password_login_enabled", Option.PASSWORD_LOGIN_ENABLED.isOn(options));
        status.put("password_register_enabled", Option.PASSWORD_REGISTER_ENABLED.isOn(options));
        status.put("self_use_mode_enabled", Option.SELF_USE_MODE.isOn(options));
        status.put("demo_site_enabled", Option.DEMO_SITE.isOn(options));
        status.put("default_use_auto_group", Option.DEFAULT_USE_AUTO_GROUP.isOn(options));
        status.put("quota_per_unit", Quota.UNITS_PER_USD);
        String display = Option.QUOTA_DISPLAY_TYPE.text(options);
        status.put("quota_display_type", display);
        status.put("display_in_currency", !display.equals("TOKENS"));
        status.put("HeaderNavModules", Option.HEADER_MODULES.text(options));
        status.put("enable_data_export", true);
        status.put("data_export_default_time", "hour");
        status.put("custom_currency_symbol", Option.CUSTOM_CURRENCY_SYMBOL.text(options));
        status.put("custom_currency_exchange_rate", Option.CUSTOM_CURRENCY_RATE.decimal(options));
        status.put("usd_exchange_rate", Option.USD_EXCHANGE_RATE.decimal(options));
        status.put("price", new BigDecimal("7.3"));
        status.put("stripe_unit_price", 8);
        status.put("invitation_code_price", 1);
        status.put("linuxdo_minimum_trust_level", 0);
        for (String name : SWITCHED_OFF) status.put(name, false);
        for (String name : EMPTY) status.put(name, "");
        for (String name : List.of("announcements", "api_info", "chats", "custom_oauth_providers", "faq"))
            status.put(name, List.of());
        return Envelope.of(status);
    }

    @GetMapping("/api/setup")
    Envelope setup() {
        SiteState state = messages.ask(new SiteStateNow(), Actor.SYSTEM);
        return Envelope.of(Map.of(
                "status", state.setUp(),
                "root_init", state.rootExists(),
                "database_type", "postgres"));
    }

    @GetMapping("/api/read-model/")
    Envelope readModels(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
        List<Map<String, Object>> all = new ArrayList<>();
        Map<String, Progress> rebuilds = readModels.rebuilds();
        for (ReadModel model : readModels.all()) {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("name", model.name());
            shape.put("position", model.position());
            shape.put("head", model.head());
            shape.put("behind", model.behind());
            shape.put("running", model.running());
            shape.put("error", model.error());
            Progress rebuild = rebuilds.get(model.name());
            if (rebuild != null) shape.put("rebuild", rebuild(rebuild));
            all.add(shape);
        }
        return Envelope.of(all);
    }

    private static Map<String, Object> rebuild(Progress rebuild) {
        return Map.of(
                "state", rebuild.state().name().toLowerCase(Locale.ROOT),
                "done", rebuild.done(),
                "all", rebuild.all(),
                "per_second", rebuild.perSecond(),
                "error", rebuild.error());
    }

    @PostMapping("/api/read-model/{name}/cancel")
    Envelope cancel(@PathVariable String name, Actor actor) {
        root(actor);
        readModels.cancelRebuild(name);
        return Envelope.done();
    }

    @PostMapping("/api/read-model/{name}/rebuild")
    Envelope rebuild(@PathVariable String name, Actor actor) {
        root(actor);
        readModels.rebuild(name);
        return Envelope.done();
    }

    private static void root(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
