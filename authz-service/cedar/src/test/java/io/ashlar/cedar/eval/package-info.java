@NullMarked
package io.ashlar.cedar.eval;

import org.jspecify.annotations.NullMarked;
