/**
 * Changes of a tenant's policies that are being prepared: named, edited by whoever may, reviewed as often as wanted, published once.
 * A draft says what it changes and since which version; if others changed the policies meanwhile, it says so instead of undoing them.
 * Nothing in a draft decides anything.
 */
@NullMarked
package io.ashlar.authz.draft;

import org.jspecify.annotations.NullMarked;
