/**
 * From a request to the log: read strictly and within bounds, check each record against the tenant's attributes, claim the batch
 * key, send chunks, wait for every acknowledgement, answer with a signed receipt and a token.
 * The claim is a row of its own transaction, so that a repeated or parallel request, here or on another instance, finds it.
 */
@NullMarked
package io.ashlar.ingest.accept;

import org.jspecify.annotations.NullMarked;
