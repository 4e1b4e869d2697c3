@NullMarked
package io.ashlar.authz.decision;

import org.jspecify.annotations.NullMarked;
