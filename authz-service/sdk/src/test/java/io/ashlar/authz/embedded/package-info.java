@NullMarked
package io.ashlar.authz.embedded;

import org.jspecify.annotations.NullMarked;
