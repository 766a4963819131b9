/** The models a key can call, in the shape of the vendor whose client asks. */
@NullMarked
package io.tollbook.relay.models;

import org.jspecify.annotations.NullMarked;
