/**
 * The keys that receipts are signed with, and where their public halves are published. The first key of the configured set
 * signs, the others go on verifying.
 */
@NullMarked
package io.ashlar.export.signing;

import org.jspecify.annotations.NullMarked;
