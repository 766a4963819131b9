/** Channels: where calls can go, and who answers for which model. */
@NullMarked
package io.tollbook.query.channel;

import org.jspecify.annotations.NullMarked;
