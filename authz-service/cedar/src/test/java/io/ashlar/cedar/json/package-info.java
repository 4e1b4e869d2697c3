@NullMarked
package io.ashlar.cedar.json;

import org.jspecify.annotations.NullMarked;
