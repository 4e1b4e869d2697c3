@NullMarked
package io.ashlar.authz.policy;

import org.jspecify.annotations.NullMarked;
