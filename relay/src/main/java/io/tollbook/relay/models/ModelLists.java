package io.tollbook.relay.models;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.relay.admission.Admissions;
import io.tollbook.relay.admission.Admitted;
import io.tollbook.relay.admission.PresentedKey;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.openai.OpenAiErrors;
import io.tollbook.relay.directory.Channels;
import io.tollbook.relay.directory.Models;
import io.tollbook.relay.directory.Prices;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.routing.GroupChoice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Model lists for OpenAI clients: what the key's group can reach, its own limits and the prices taken off. */
@Component
public final class ModelLists {
    /** The moment every model of the list claims to be from, as clients expect some. */
    private static final long CREATED = 1_626_777_600L;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Admissions admissions;
    private final Channels channels;
    private final Prices prices;
    private final SiteOptions options;
    private final Models models;

    ModelLists(Admissions admissions, Channels channels, Prices prices, SiteOptions options, Models models) {
        this.admissions = admissions;
        this.channels = channels;
        this.prices = prices;
        this.options = options;
        this.models = models;
    }

    public void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            ObjectNode root = JSON.createObjectNode().put("object", "list").put("success", true);
            ArrayNode data = root.putArray("data");
            for (String model : models(request)) data.add(entry(model));
            write(response, 200, JSON.writeValueAsBytes(root));
        } catch (Refused refused) {
            refuse(response, refused);
        }
    }

    public void one(HttpServletRequest request, HttpServletResponse response, String encoded) throws IOException {
        String model = RequestLine.decoded(encoded);
        try {
            if (!models(request).contains(model))
                throw new Refused(Refusal.NOT_FOUND, "The model '" + model + "' does not exist");
            write(response, 200, JSON.writeValueAsBytes(entry(model)));
        } catch (Refused refused) {
            refuse(response, refused);
        }
    }

    List<String> models(HttpServletRequest request) {
        PresentedKey presented = PresentedKey.of(request);
        if (presented == null) throw new Refused(Refusal.KEY_INVALID, "You did not show an API key.");
        Admitted admitted = admissions.admit(presented, request.getRemoteAddr());
        PriceDocument document = prices.inForce().document();
        boolean unpricedToo = options.unpricedModelsAreFree();
        Set<String> limits = admitted.limitedTo();
        boolean limited = admitted.admission().terms().modelsLimited();
        return GroupChoice.models(
                        admitted.admission().group(),
                        admitted.admission().userGroup(),
                        options.groups(),
                        channels.table())
                .stream()
                .filter(models::isEnabled)
                .filter(model -> !limited || limits.contains(model))
                .filter(model -> unpricedToo || document.price(model).isPresent())
                .toList();
    }

    private static ObjectNode entry(String model) {
        ObjectNode entry = JSON.createObjectNode()
                .put("id", model)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "tollbook");
        entry.putArray("supported_endpoint_types").add("openai");
        return entry;
    }

    private static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        Failure failure = Failure.of(refused.refusal(), refused.getMessage());
        if (failure.retryAfterSeconds() > 0)
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        write(response, failure.status(), OpenAiErrors.SHAPE.body(failure, null));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
