@NullMarked
package io.ashlar.cedar;

import org.jspecify.annotations.NullMarked;
