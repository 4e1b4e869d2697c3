@NullMarked
package io.ashlar.authz.api;

import org.jspecify.annotations.NullMarked;
