package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Describes models, all or none, as one change that can be undone as one. */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record DescribeModels(@TargetAggregateIdentifier String catalogue, List<Wish> models, Instant at)
        implements CatalogueCommand<DescribeModels.Described> {
    public static final int MODELS_MAX = 1_000;

    /** @param model null for one that is not described yet, which then gets the next number */
    public record Wish(@Nullable ModelId model, ModelDescription description) {}

    /**
     * What came of it.
     *
     * @param change its number, to undo it by; 0 if nothing changed
     * @param models those described, in the order of the wishes
     */
    public record Described(long change, List<ModelId> models) {}

    public DescribeModels(List<Wish> models, Instant at) {
        this(CATALOGUE, models, at);
    }

    public DescribeModels {
        models = List.copyOf(models);
        if (models.isEmpty() || models.size() > MODELS_MAX)
            throw Refused.invalid("1 to 1,000 models are described at once.");
    }
}
