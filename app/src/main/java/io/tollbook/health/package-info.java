/** What a load balancer and a monitor may ask: is this node alive, can it take calls, how is it doing. */
@NullMarked
package io.tollbook.health;

import org.jspecify.annotations.NullMarked;
