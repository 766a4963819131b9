package io.tollbook.kernel.ledger;

import java.util.Collection;
import java.util.List;

/**
 * What one event means: balanced postings, none for an event that moves nothing.
 *
 * @param faults what the event says that cannot be true after those before it, one sentence each; empty in true books
 * @param touched the lots that changed
 */
public record Entry(List<Posting> postings, List<String> faults, Collection<LotBook> touched) {}
