/**
 * The receipt of an export: what was asked, as of when, how many rows, and the digests of the file, signed with Ed25519.
 * {@link io.ashlar.export.receipt.ReceiptVerifier} checks a file against its receipt with nothing but a key set, offline.
 * The payload's form is frozen by golden files: a new field may be added, none changes its meaning.
 */
@NullMarked
package io.ashlar.export.receipt;

import org.jspecify.annotations.NullMarked;
