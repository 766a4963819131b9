/** Where a call goes: group, model, priority tier, weight. */
@NullMarked
package io.tollbook.relay.routing;

import org.jspecify.annotations.NullMarked;
