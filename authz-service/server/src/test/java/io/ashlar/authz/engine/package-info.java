@NullMarked
package io.ashlar.authz.engine;

import org.jspecify.annotations.NullMarked;
