/** Vendors as strict as the real ones about what they are asked, for tests of who asks them. */
@NullMarked
package io.tollbook.bench.vendor;

import org.jspecify.annotations.NullMarked;
