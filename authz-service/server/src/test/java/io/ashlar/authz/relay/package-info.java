@NullMarked
package io.ashlar.authz.relay;

import org.jspecify.annotations.NullMarked;
