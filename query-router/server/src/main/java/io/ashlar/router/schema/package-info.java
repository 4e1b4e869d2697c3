/**
 * The schema {@code router}: migrations run as its owner when the primary can be reached, at start or later. Reads do not
 * wait for it, since the router must start and serve while the primary is away.
 */
@NullMarked
package io.ashlar.router.schema;

import org.jspecify.annotations.NullMarked;
