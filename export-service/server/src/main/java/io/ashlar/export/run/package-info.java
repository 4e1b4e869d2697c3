/**
 * One attempt at an export: resolve anew on behalf of the user, stream from the router, write CSV to the bucket, prove the
 * stream whole, sign the receipt. Nothing of a stream without a proven trailer is kept.
 */
@NullMarked
package io.ashlar.export.run;

import org.jspecify.annotations.NullMarked;
