/** What is believed of signed impacts. */
@NullMarked
package io.ashlar.authz.impact;

import org.jspecify.annotations.NullMarked;
