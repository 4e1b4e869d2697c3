/** The evaluator against cedar-java, the reference implementation: same decision, same reasons, same policies in error. */
@NullMarked
package io.ashlar.cedar.oracle;

import org.jspecify.annotations.NullMarked;
