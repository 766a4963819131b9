/** What the vendors' bytes mean: requests read without being rebuilt, answers and errors as the vendor would write them. */
@NullMarked
package io.tollbook.relay.dialect;

import org.jspecify.annotations.NullMarked;
