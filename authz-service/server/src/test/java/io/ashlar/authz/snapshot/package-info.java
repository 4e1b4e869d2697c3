@NullMarked
package io.ashlar.authz.snapshot;

import org.jspecify.annotations.NullMarked;
