/** Cedar's own conformance cases, which are not part of this repository. */
@NullMarked
package io.ashlar.cedar.conformance;

import org.jspecify.annotations.NullMarked;
