package io.tollbook.relay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider as strict as the real one: what that would refuse is refused, and what is left was understood. */
abstract class StrictVendor implements Provider.Script {
    static final JsonMapper JSON = JsonMapper.shared();

    private volatile Model.@Nullable Asked understood;

    /** @throws Mistake for what the vendor would refuse */
    abstract Model.Asked understood(String head, JsonNode request);

    abstract boolean isStream(String head, JsonNode request);

    abstract String whole(JsonNode request, Model.Said said);

    abstract String[] stream(JsonNode request, Model.Said said);

    /** The vendor's word for a request that it does not take. */
    abstract String refusal(String message);

    @Override
    public final void answer(Provider.Asked asked) throws IOException {
        JsonNode request = JSON.readTree(asked.body());
        Model.Asked read;
        try {
            read = understood(asked.head(), request);
        } catch (Mistake mistake) {
            asked.whole(400, refusal(mistake.getMessage()));
            return;
        }
        understood = read;
        Model.Said said = Model.answer(read);
        if (isStream(asked.head(), request)) asked.stream(stream(request, said));
        else asked.whole(200, whole(request, said));
    }

    /** The last request. */
    final Model.Asked last() {
        Model.Asked last = understood;
        if (last == null) throw new AssertionError("the provider understood nothing");
        return last;
    }
}
