/** Access reviews on the real stack. */
@NullMarked
package io.ashlar.authz.accessreview;

import org.jspecify.annotations.NullMarked;
