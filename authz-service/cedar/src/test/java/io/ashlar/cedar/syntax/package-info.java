@NullMarked
package io.ashlar.cedar.syntax;

import org.jspecify.annotations.NullMarked;
