/**
 * What others know of ingest-service: the events it writes, the receipts it signs, its client.
 * {@link io.ashlar.ingest.IngestError} is the one vocabulary of codes that server and client share.
 * Everything here is frozen by golden files: a server reads what the one before it wrote.
 */
@NullMarked
package io.ashlar.ingest;

import org.jspecify.annotations.NullMarked;
