/** The usage log: one row per call and per act worth telling. */
@NullMarked
package io.tollbook.query.log;

import org.jspecify.annotations.NullMarked;
