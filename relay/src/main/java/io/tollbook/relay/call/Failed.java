package io.tollbook.relay.call;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.relay.dialect.OpenAiErrors;

/**
 * How an attempt failed.
 *
 * @param mayRetry whether another channel may be tried, by the rules
 */
record Failed(Attempt.Outcome outcome, OpenAiErrors.Failure failure, boolean mayRetry) {}
