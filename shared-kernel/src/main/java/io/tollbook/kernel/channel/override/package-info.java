/** What a channel changes in its requests: operations on their JSON and on their headers, in New API's words. */
@NullMarked
package io.tollbook.kernel.channel.override;

import org.jspecify.annotations.NullMarked;
