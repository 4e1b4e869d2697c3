/**
 * Where files are kept: an S3 bucket, one key per attempt, so that a worker taken for dead overwrites nothing. Files are
 * written in parts over a bounded spool on disk, read by signed links of a few minutes, and removed by key.
 */
@NullMarked
package io.ashlar.export.store;

import org.jspecify.annotations.NullMarked;
