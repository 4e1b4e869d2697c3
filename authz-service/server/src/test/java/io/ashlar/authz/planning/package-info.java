@NullMarked
package io.ashlar.authz.planning;

import org.jspecify.annotations.NullMarked;
