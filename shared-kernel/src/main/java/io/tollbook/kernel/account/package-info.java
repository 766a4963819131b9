/** Money: lots of quota, holds on them, and what each call cost. One account is one consistency boundary. */
@NullMarked
package io.tollbook.kernel.account;

import org.jspecify.annotations.NullMarked;
