package io.tollbook.relay.call;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.selection.Choice;
import io.tollbook.relay.shaping.ClientHeaders;
import io.tollbook.relay.shaping.OverrideFacts;
import io.tollbook.relay.upstream.Upstream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What one attempt sends: in the client's own bytes where the provider speaks its dialect, else translated. */
final class ProviderRequest {
    /** Whose names go no further than to us, whatever a dialect says. */
    private static final Set<String> OURS = Set.of(
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "mj-api-secret",
            "cookie",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "connection",
            "transfer-encoding",
            "upgrade");

    private final PaidCall call;
    private final Target target;
    private final String key;
    private final Dialect provider;
    private final String upstreamModel;

    ProviderRequest(PaidCall call, Choice choice, Dialect provider, String upstreamModel) {
        this.call = call;
        target = choice.target();
        key = choice.key().clear();
        this.provider = provider;
        this.upstreamModel = upstreamModel;
    }

    /** @throws io.tollbook.kernel.Refused if the provider's dialect cannot say it */
    Upstream.Exchange prepare() throws IOException {
        boolean demo = target.isDemo();
        Map<String, String> headers = headers(demo ? call.calls.demo.key() : key);
        byte[] body = body();
        if (target.shape().overrides()) body = target.shape().overridden(body, headers, client(), facts());
        return call.calls.upstream.prepare(
                demo ? call.calls.demo.baseUrl() : target.baseUrl(),
                provider.path(upstreamModel, call.asked().isStream(), isOwn() ? RequestLine.of(call.request) : null),
                body,
                headers,
                call.calls.options.silenceMillis());
    }

    private ClientHeaders client() {
        return ClientHeaders.of(call.request);
    }

    private OverrideFacts facts() {
        Attempt last = call.attempts.isEmpty() ? null : call.attempts.getLast();
        return new OverrideFacts(
                call.asked().model(),
                upstreamModel,
                call.request.getRequestURI(),
                call.attempts.size(),
                last == null ? 0 : last.status(),
                call.lastFailure,
                false);
    }

    private boolean isOwn() {
        return provider.passes(call.dialect);
    }

    private byte[] body() {
        byte[] body = isOwn()
                ? provider.passed(call.asked(), upstreamModel)
                : provider.body(
                        call.conversationFor(provider),
                        upstreamModel,
                        call.price().longest());
        return target.shape().body(provider.vendor(), body, call.asked());
    }

    private Map<String, String> headers(String key) {
        Map<String, String> headers = new HashMap<>(provider.headers(key));
        if (isOwn())
            for (String name : Collections.list(call.request.getHeaderNames())) {
                String plain = name.toLowerCase(Locale.ROOT);
                if (!OURS.contains(plain) && provider.passesToProvider(plain))
                    headers.put(plain, String.join(", ", Collections.list(call.request.getHeaders(name))));
            }
        target.shape().headers().addTo(headers, client(), key);
        return headers;
    }
}
