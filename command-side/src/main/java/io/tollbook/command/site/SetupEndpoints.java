package io.tollbook.command.site;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.command.api.SessionCookie;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.site.SetUp;
import io.tollbook.kernel.site.SetupWizard;
import io.tollbook.kernel.user.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SetupEndpoints {
    /** The wizard's form; {@code demoProvider} and {@code code} are ours. */
    record Form(
            @Nullable String username,
            @Nullable String password,
            @Nullable String confirmPassword,

            @JsonProperty("SelfUseModeEnabled") @Nullable Boolean selfUseMode,

            @JsonProperty("DemoSiteEnabled") @Nullable Boolean demoSite,

            @Nullable Boolean demoProvider,
            @Nullable String code) {}

    private static final List<String> FORWARDING = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Real-IP",
            "Via",
            "CF-Connecting-IP");

    private final SetupWizard wizard;

    SetupEndpoints(SetupWizard wizard) {
        this.wizard = wizard;
    }

    @PostMapping("/api/setup")
    ResponseEntity<Envelope> setUp(@RequestBody Form form, Actor actor, HttpServletRequest request) {
        if (form.username() == null || form.password() == null)
            throw Refused.invalid("The wizard needs a username and a password.");
        if (form.confirmPassword() != null && !form.confirmPassword().equals(form.password()))
            throw Refused.invalid("The two passwords differ.");
        Actor caller = isDirect(request) ? actor : Actor.guest(null);
        Session session = wizard.setUp(
                new SetUp(
                        form.username(),
                        new Secret(form.password()),
                        Boolean.TRUE.equals(form.selfUseMode()),
                        Boolean.TRUE.equals(form.demoSite()),
                        Boolean.TRUE.equals(form.demoProvider()),
                        form.code()),
                caller);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        SessionCookie.of(session.token(), request).toString())
                .body(Envelope.done());
    }

    /**
     * Whether the socket's address is the caller's own. A proxy on this machine must not lend its loopback address to the
     * world, nor may a browser on this machine that a foreign page has sent here under that page's own host name.
     */
    static boolean isDirect(HttpServletRequest request) {
        for (String header : FORWARDING) if (request.getHeader(header) != null) return false;
        String host = request.getServerName();
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        if (host.equalsIgnoreCase("localhost")) return true;
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
