package io.tollbook.command.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.tollbook.command.AbsentSessions;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserId;
import jakarta.servlet.http.Cookie;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class IdentityFilterTest {
    private static final UserId ANN = new UserId(17);
    private static final Cookie COOKIE = new Cookie("session", "cookie of ann");

    record Form(@Nullable String text, @Nullable Long number) {}

    @RestController
    static class Endpoints {
        @GetMapping("/api/anybody")
        Envelope anybody(Actor actor) {
            return Envelope.of(actor.user() == null ? "nobody" : actor.user() + " by " + actor.authentication());
        }

        @GetMapping("/api/somebody")
        Envelope somebody(Actor actor) {
            return Envelope.of(actor.signedIn().value());
        }

        @GetMapping("/api/page")
        Envelope page(@RequestParam int p) {
            if (p < 0) throw Refused.invalid("p must not be negative.");
            return Envelope.done();
        }

        @PostMapping("/api/form")
        Envelope form(@RequestBody Form form) {
            return Envelope.of(form.number());
        }

        @GetMapping("/api/fault")
        Envelope fault() {
            throw new IllegalStateException("a secret detail");
        }

        @GetMapping("/api/away")
        Envelope away() {
            throw new DataAccessResourceFailureException("host db.internal");
        }
    }

    private boolean databaseAway;

    private final Sessions sessions = new AbsentSessions() {
        @Override
        public Optional<Actor> resolve(Secret token, @Nullable String address) {
            if (databaseAway) throw new DataAccessResourceFailureException("away");
            return token.reveal().equals("cookie of ann")
                    ? Optional.of(Actor.user(ANN, Role.USER, "session", address))
                    : Optional.empty();
        }

        @Override
        public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
            return token.reveal().equals("token-of-ann")
                    ? Optional.of(Actor.user(ANN, Role.USER, "access_token", address))
                    : Optional.empty();
        }
    };

    private final Api api = Api.withFilter(new IdentityFilter(sessions), new Endpoints());

    private String who(MockHttpServletRequestBuilder call) {
        return api.send(call).succeeds().data().asString();
    }

    private static MockHttpServletRequestBuilder call() {
        return get("/api/anybody");
    }

    @Test
    void aCookieNeedsTheHeaderThatAgrees() {
        assertThat(who(call().cookie(COOKIE).header("New-Api-User", "17"))).isEqualTo("user-17 by session");
        assertThat(who(call().cookie(COOKIE))).isEqualTo("nobody");
        assertThat(who(call().cookie(COOKIE).header("New-Api-User", "1"))).isEqualTo("nobody");
        assertThat(who(call().cookie(COOKIE).header("New-Api-User", "017"))).isEqualTo("nobody");
    }

    @Test
    void theHeaderAloneIsNothing() {
        assertThat(who(call().header("New-Api-User", "17"))).isEqualTo("nobody");
        assertThat(who(call().cookie(new Cookie("session", "made up")).header("New-Api-User", "17")))
                .isEqualTo("nobody");
    }

    @Test
    void anAccessTokenNeedsTheHeaderToo() {
        for (String header : new String[] {"token-of-ann", "Bearer token-of-ann", "bearer  token-of-ann"}) {
            assertThat(who(call().header("Authorization", header).header("New-Api-User", "17")))
                    .isEqualTo("user-17 by access_token");
            assertThat(who(call().header("Authorization", header))).isEqualTo("nobody");
        }
    }

    @Test
    void nobodyIsToldToSignIn() {
        api.send(get("/api/somebody")).fails(401, "sign in");
        api.send(get("/api/somebody").cookie(COOKIE)).fails(401, "sign in");
    }

    @Test
    void aBadAccessTokenIsSaidTheWayClientsExpect() {
        api.send(get("/api/somebody").header("Authorization", "wrong").header("New-Api-User", "17"))
                .fails(200, "access token");
        api.send(get("/api/somebody").header("Authorization", "Bearer sk-abc").header("New-Api-User", "17"))
                .fails(401, "sign in");
    }

    @Test
    void nobodyIsGuessedWhileTheDatabaseIsAway() {
        databaseAway = true;
        api.send(call().cookie(COOKIE).header("New-Api-User", "17")).fails(503, "retry");
        assertThat(who(call())).isEqualTo("nobody");
    }

    @Test
    void answersAreNotKept() {
        assertThat(api.send(call()).response().getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aBrokenBodyIsOurCallersFault() {
        for (String body : new String[] {
            "null",
            "",
            "{",
            "[]",
            "\"text\"",
            "{\"number\":\"many\"}",
            "{\"number\":1.5}",
            "{\"number\":1e30}",
            "{\"text\":{}}",
            "[".repeat(10_000)
        }) api.post("/api/form", body).fails(400, "The body is not JSON that fits this call.");
        api.post("/api/form", "{\"number\":3,\"unknown\":true}").succeeds();
        api.send(post("/api/form").contentType(MediaType.TEXT_PLAIN).content("{}"))
                .fails(400, "application/json");
    }

    @Test
    void aLargeBodyEndsBeforeItIsRead() {
        String large = "{\"text\":\"" + "x".repeat(512 * 1024) + "\"}";
        api.post("/api/form", large).fails(413, "512 KB");
        String fits = "{\"text\":\"" + "x".repeat(512 * 1024 - 11) + "\"}";
        assertThat(fits).hasSize(512 * 1024);
        api.post("/api/form", fits).succeeds();
    }

    @Test
    void aLargeBodyOfUndeclaredLengthEndsWhileItIsRead() {
        byte[] large = ("{\"text\":\"" + "x".repeat(600_000) + "\"}").getBytes();
        api.send(post("/api/form").contentType(MediaType.APPLICATION_JSON).with(request -> {
                    request.setContent(large);
                    return new org.springframework.mock.web.MockHttpServletRequest() {
                        {
                            setMethod("POST");
                            setRequestURI("/api/form");
                            setContentType("application/json");
                            setContent(large);
                        }

                        @Override
                        public long getContentLengthLong() {
                            return -1;
                        }
                    };
                }))
                .fails(413, "too large");
    }

    @Test
    void aBadQueryIsToldApartFromABusinessNo() {
        api.get("/api/page?p=-1").fails(400, "negative");
        api.get("/api/page?p=x").fails(400, "p has the wrong form");
        api.get("/api/page").fails(400, "p is missing");
        api.get("/api/page?p=9223372036854775807").fails(400, "wrong form");
    }

    @Test
    void aFaultTellsNoDetail() {
        assertThat(api.get("/api/fault").fails(500, "our side").body().toString())
                .doesNotContain("secret");
        assertThat(api.get("/api/away").fails(503, "retry").body().toString()).doesNotContain("internal");
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() {
        var request = new org.springframework.mock.web.MockHttpServletRequest();
        assertThat(SessionCookie.of(new Secret("t"), request).toString())
                .contains("session=t", "Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Strict")
                .doesNotContain("Secure");
        request.setSecure(true);
        assertThat(SessionCookie.of(new Secret("t"), request).toString()).contains("Secure");
        assertThat(SessionCookie.ended(request).toString()).contains("session=;", "Max-Age=0");
    }
}
