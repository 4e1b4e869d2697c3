@NullMarked
package io.ashlar.authz.audit;

import org.jspecify.annotations.NullMarked;
