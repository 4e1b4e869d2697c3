@NullMarked
package io.ashlar.authz.journal;

import org.jspecify.annotations.NullMarked;
