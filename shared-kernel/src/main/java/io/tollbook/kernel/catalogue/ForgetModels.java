package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Takes descriptions out, all or none, as one change that can be undone. The models themselves stay where they are served. */
@Permits(Caller.ADMIN)
public record ForgetModels(@TargetAggregateIdentifier String catalogue, List<ModelId> models, Instant at)
        implements CatalogueCommand<Long> {
    public ForgetModels(List<ModelId> models, Instant at) {
        this(CATALOGUE, models, at);
    }

    public ForgetModels {
        models = models.stream().distinct().toList();
        if (models.isEmpty() || models.size() > DescribeModels.MODELS_MAX)
            throw Refused.invalid("1 to 1,000 descriptions are removed at once.");
    }
}
