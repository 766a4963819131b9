package io.tollbook.kernel.channel.override;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One change.
 *
 * @param path where; empty for a mode that needs none
 * @param value a missing node for a mode that needs none
 * @param keepOrigin whether what is there already stays
 * @param all whether every condition must be met, rather than one; none at all is met always
 */
public record OverrideOperation(
        OverrideMode mode,
        String path,
        JsonNode value,
        String from,
        String to,
        boolean keepOrigin,
        List<OverrideCondition> conditions,
        boolean all) {}
