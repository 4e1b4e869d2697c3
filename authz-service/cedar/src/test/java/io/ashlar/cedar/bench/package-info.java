/** How fast the evaluator is, beside the reference in the same run. */
@NullMarked
package io.ashlar.cedar.bench;

import org.jspecify.annotations.NullMarked;
