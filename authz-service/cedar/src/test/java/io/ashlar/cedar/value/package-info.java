@NullMarked
package io.ashlar.cedar.value;

import org.jspecify.annotations.NullMarked;
