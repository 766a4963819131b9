package io.tollbook.relay.call;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.admission.Admitted;
import io.tollbook.relay.admission.SessionAdmissions;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** For the site's own pages: their visitor is signed in, and names a group in the body, which no dialect knows. */
record SessionEntrance(SessionAdmissions sessions) implements Entrance {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String GROUP = "group";

    @Override
    public Entered enter(HttpServletRequest request) {
        return new Entered(sessions.admit(request), 0);
    }

    @Override
    public Opened open(Admitted admitted, HttpServletRequest request, byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            return new Opened(admitted, body); // Its dialect says what is wrong.
        }
        if (!(root instanceof ObjectNode fields) || !fields.has(GROUP)) return new Opened(admitted, body);
        JsonNode group = fields.remove(GROUP);
        if (!group.isString() && !group.isNull()) throw Refused.invalid("group must be a text");
        String wished = group.isNull() ? "" : group.asString();
        return new Opened(sessions.in(admitted, wished, request.getRemoteAddr()), JSON.writeValueAsBytes(fields));
    }
}
