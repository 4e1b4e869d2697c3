@NullMarked
package io.ashlar.export;

import org.jspecify.annotations.NullMarked;
