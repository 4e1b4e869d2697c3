@NullMarked
package io.ashlar.authz.page;

import org.jspecify.annotations.NullMarked;
