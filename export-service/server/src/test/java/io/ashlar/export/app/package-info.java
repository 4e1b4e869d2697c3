@NullMarked
package io.ashlar.export.app;

import org.jspecify.annotations.NullMarked;
