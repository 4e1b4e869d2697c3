/**
 * What authz broadcasts: that a tenant's revision grew, and ticks that prove up to which instant all changes were told. The
 * topic has one partition and is read without a group, by every process that caches decisions. Freshness is measured from the
 * tick's database time, never from a record's arrival.
 */
@NullMarked
package io.ashlar.authz.change;

import org.jspecify.annotations.NullMarked;
