package io.tollbook.relay.shaping;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of the client whose request is shaped; whatever the case of their names. */
public interface ClientHeaders {
    /** A test of ours, in which nobody is behind. What would take something from the client is left out. */
    ClientHeaders NOBODY = new ClientHeaders() {
        @Override
        public @Nullable String first(String name) {
            return null;
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public List<String> all(String name) {
            return List.of();
        }
    };

    static ClientHeaders of(HttpServletRequest request) {
        return new ClientHeaders() {
            @Override
            public @Nullable String first(String name) {
                return request.getHeader(name);
            }

            @Override
            public List<String> names() {
                return Collections.list(request.getHeaderNames());
            }

            @Override
            public List<String> all(String name) {
                return Collections.list(request.getHeaders(name));
            }
        };
    }

    @Nullable
    String first(String name);

    List<String> names();

    List<String> all(String name);
}
