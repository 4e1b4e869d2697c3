@NullMarked
package io.ashlar.export.receipt;

import org.jspecify.annotations.NullMarked;
