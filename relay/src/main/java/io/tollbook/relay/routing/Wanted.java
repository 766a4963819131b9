package io.tollbook.relay.routing;

import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.OwnDialect;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a call wants of a channel.
 *
 * @param dialect the client's
 * @param matters whether the channel should speak that too; asked only where some do and some do not; null if it does not
 */
public record Wanted(
        String group,
        String model,
        Vendor dialect,
        @Nullable Supplier<OwnDialect> matters) {
    public static Wanted of(String group, String model) {
        return new Wanted(group, model, Vendor.OPENAI, null);
    }
}
