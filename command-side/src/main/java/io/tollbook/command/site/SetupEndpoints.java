package io.tollbook.command.site;

import io.tollbook.command.api.SessionCookie;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.site.SetUp;
import io.tollbook.kernel.site.SetupWizard;
import io.tollbook.kernel.user.Session;
import jakarta.servlet.http.HttpServletRequest;
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

            @com.fasterxml.jackson.annotation.JsonProperty("SelfUseModeEnabled") @Nullable
            Boolean selfUseMode,

            @com.fasterxml.jackson.annotation.JsonProperty("DemoSiteEnabled") @Nullable
            Boolean demoSite,

            @Nullable Boolean demoProvider,
            @Nullable String code) {}

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
        // A proxy on this machine must not lend its loopback address to the world.
        boolean forwarded = request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
        Actor caller = forwarded ? Actor.guest("0.0.0.0") : actor;
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
}
