package io.tollbook.kernel.channel.override;

import tools.jackson.databind.JsonNode;

/**
 * When an operation is done.
 *
 * @param path into the request, or else into what is known of the call
 * @param invert whether it must not match
 * @param passesMissing what comes of it where there is nothing at the path
 */
public record OverrideCondition(
        String path, OverrideMatch match, JsonNode value, boolean invert, boolean passesMissing) {}
