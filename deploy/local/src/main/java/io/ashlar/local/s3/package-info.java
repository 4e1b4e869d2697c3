/**
 * An S3 endpoint in a JVM of its own: s3proxy over a directory, with signatures checked.
 * The export bucket is a directory made before the start.
 */
@NullMarked
package io.ashlar.local.s3;

import org.jspecify.annotations.NullMarked;
