@NullMarked
package io.ashlar.authz.policyset;

import org.jspecify.annotations.NullMarked;
