/**
 * From the log into the store, exactly once: one fenced writer per partition, whose progress is a row updated in the very
 * transaction that stores the rows. The consumer thread decodes chunks into columns, lanes copy them in bulk.
 * Whatever cannot be stored becomes a dead letter; whatever goes wrong otherwise makes the writer give the partition up and
 * begin again from the store's own offset.
 */
@NullMarked
package io.ashlar.ingest.load;

import org.jspecify.annotations.NullMarked;
