/**
 * The charts' values: reads values.yaml with the comments above its keys, and makes of them values.schema.json and the table of a
 * chart's README, so that there is one place where a value is explained and bounded.
 * Lines of a comment that begin with {@code @} are constraints; see {@link io.ashlar.kubernetes.values.Constraint}.
 */
@NullMarked
package io.ashlar.kubernetes.values;

import org.jspecify.annotations.NullMarked;
