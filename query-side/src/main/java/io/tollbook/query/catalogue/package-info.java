/** What is told of models and vendors, and who may choose which group. */
@NullMarked
package io.tollbook.query.catalogue;

import org.jspecify.annotations.NullMarked;
