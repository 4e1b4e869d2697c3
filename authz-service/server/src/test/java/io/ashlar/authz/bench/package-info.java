/** How many questions an instance answers over HTTP, beside an empty endpoint in the same run. */
@NullMarked
package io.ashlar.authz.bench;

import org.jspecify.annotations.NullMarked;
