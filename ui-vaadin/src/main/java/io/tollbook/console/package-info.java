/** The console: what people see and do in a browser. It sends commands and asks questions, and knows nothing behind them. */
@NullMarked
package io.tollbook.console;

import org.jspecify.annotations.NullMarked;
