@NullMarked
package io.ashlar.authz.shadow;

import org.jspecify.annotations.NullMarked;
