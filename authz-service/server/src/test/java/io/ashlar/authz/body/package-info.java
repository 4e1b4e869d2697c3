@NullMarked
package io.ashlar.authz.body;

import org.jspecify.annotations.NullMarked;
