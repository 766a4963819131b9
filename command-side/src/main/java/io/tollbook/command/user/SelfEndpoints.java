package io.tollbook.command.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.command.api.SessionCookie;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.IssueAccessToken;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SelfEndpoints {
    record Form(
            @Nullable String username,

            @JsonProperty("display_name") @Nullable String displayName,

            @Nullable String password,

            @JsonProperty("original_password") @Nullable String originalPassword,

            @Nullable Object language,

            @JsonProperty("sidebar_modules") @Nullable Object sidebarModules) {}

    private final Messages messages;
    private final Sessions sessions;
    private final Vault vault;
    private final SecureRandom random = new SecureRandom();

    SelfEndpoints(Messages messages, Sessions sessions, Vault vault) {
        this.messages = messages;
        this.sessions = sessions;
        this.vault = vault;
    }

    @PutMapping("/api/user/self")
    Envelope change(@RequestBody Form form, Actor actor, HttpServletRequest request) {
        UserId user = actor.signedIn();
        // Saying "done" to what is kept nowhere would be untrue.
        if (form.language() != null || form.sidebarModules() != null)
            throw Refused.invalid("Language and side bar are not kept per user.");
        Secret hash = null;
        if (form.password() != null && !form.password().isEmpty()) {
            if (form.originalPassword() == null || !sessions.matches(user, new Secret(form.originalPassword())))
                throw new Refused(Refusal.WRONG_CREDENTIALS, "The old password is wrong.");
            hash = sessions.hash(new Secret(form.password()));
        }
        if (filled(form.username()) || filled(form.displayName()))
            messages.send(
                    new ChangeUser(user, blankToNull(form.username()), blankToNull(form.displayName()), null, null),
                    actor);
        if (hash != null) {
            messages.send(new ChangePassword(user, hash), actor);
            sessions.endAll(user, SessionCookie.in(request).orElse(null));
        }
        return Envelope.done();
    }

    private static boolean filled(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return filled(text) ? text : null;
    }

    @DeleteMapping("/api/user/self")
    ResponseEntity<Envelope> delete(Actor actor, HttpServletRequest request) {
        UserId user = actor.signedIn();
        messages.send(new DeleteUser(user), actor);
        sessions.endAll(user, null);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.ended(request).toString())
                .body(Envelope.done());
    }

    /** Issues a new access token although it is a GET, as clients of this API expect; the header guards it. */
    @GetMapping("/api/user/token")
    Envelope issueAccessToken(Actor actor) {
        UserId user = actor.signedIn();
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        messages.send(new IssueAccessToken(user, vault.fingerprint(Vault.ACCESS_TOKEN, token)), actor);
        return Envelope.of(token);
    }
}
