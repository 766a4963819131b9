/** What the site offers and how it is told: models with their vendors, tags and endpoints, prefill lists, and who may use which group. */
@NullMarked
package io.tollbook.kernel.catalogue;

import org.jspecify.annotations.NullMarked;
