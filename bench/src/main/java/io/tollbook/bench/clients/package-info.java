/** The vendors' own command line tools at work through a gateway, against providers that play a model which uses tools. */
@NullMarked
package io.tollbook.bench.clients;

import org.jspecify.annotations.NullMarked;
