/** What is settled before anything starts: the options, the data folder, and the ways in which a start can be refused. */
@NullMarked
package io.tollbook.start;

import org.jspecify.annotations.NullMarked;
