/**
 * Webhooks by Standard Webhooks: a signed call when an export has ended, repeated until it is taken or given up. The address
 * is the tenant's, so it is resolved once, refused if it leads inside, and exactly the checked address is connected to.
 */
@NullMarked
package io.ashlar.export.delivery;

import org.jspecify.annotations.NullMarked;
