package io.tollbook.command.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.tollbook.kernel.Actor;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.test.web.servlet.setup.StandaloneMockMvcBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The management API's endpoints as a client meets them, with everything of ours between it and the bus. */
public final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MockMvc mvc;
    private @Nullable Actor actor;

    public Api(Object... endpoints) {
        this(List.of(), endpoints);
    }

    private Api(List<Filter> filters, Object... endpoints) {
        ApiConfiguration configuration = new ApiConfiguration();
        JsonMapper.Builder mapper = JsonMapper.builder();
        configuration.wholeNumbersOnly().customize(mapper);
        List<org.springframework.web.method.support.HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
        configuration.addArgumentResolvers(resolvers);
        StandaloneMockMvcBuilder builder = MockMvcBuilders.standaloneSetup(endpoints)
                .setControllerAdvice(new ApiErrors())
                .setMessageConverters(new JacksonJsonHttpMessageConverter(mapper.build()))
                .setCustomArgumentResolvers(
                        resolvers.toArray(org.springframework.web.method.support.HandlerMethodArgumentResolver[]::new));
        for (Filter filter : filters) builder.addFilters(filter);
        mvc = builder.build();
    }

    /** With the filter in front that finds out who calls. */
    static Api withFilter(IdentityFilter filter, Object... endpoints) {
        return new Api(List.of(filter), endpoints);
    }

    public Api as(@Nullable Actor actor) {
        this.actor = actor;
        return this;
    }

    public Answer get(String path) {
        return call(HttpMethod.GET, path, null);
    }

    public Answer delete(String path) {
        return call(HttpMethod.DELETE, path, null);
    }

    public Answer post(String path, String body) {
        return call(HttpMethod.POST, path, body);
    }

    public Answer put(String path, String body) {
        return call(HttpMethod.PUT, path, body);
    }

    private Answer call(HttpMethod method, String path, @Nullable String body) {
        MockHttpServletRequestBuilder call = request(method, URI.create(path));
        if (body != null) call.contentType(MediaType.APPLICATION_JSON).content(body);
        return send(call);
    }

    public Answer send(MockHttpServletRequestBuilder call) {
        if (actor != null) call.requestAttr(Actor.class.getName(), actor);
        try {
            return new Answer(mvc.perform(call).andReturn().getResponse());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What came back. */
    public record Answer(MockHttpServletResponse response) {
        public JsonNode body() {
            return JSON.readTree(response.getContentAsByteArray());
        }

        public Answer succeeds() {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(body().path("success").asBoolean()).as(body().toString()).isTrue();
            assertThat(body().path("message").isString()).isTrue();
            return this;
        }

        public Answer fails(int status, String partOfMessage) {
            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(body().path("success").asBoolean(true))
                    .as(body().toString())
                    .isFalse();
            assertThat(body().path("message").asString()).contains(partOfMessage);
            return this;
        }

        public JsonNode data() {
            return body().path("data");
        }

        public void hasFields(String... names) {
            assertThat(new TreeSet<>(data().propertyNames())).contains(names);
        }
    }
}
