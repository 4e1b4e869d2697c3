@NullMarked
package io.ashlar.authz.trace;

import org.jspecify.annotations.NullMarked;
