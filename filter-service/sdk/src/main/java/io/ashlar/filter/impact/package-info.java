/**
 * What a change of policies does to real rows, as a signed statement: who gains and who loses how many rows of a dataset, with
 * examples. filter-service signs it, anybody verifies it offline with its public keys, and whoever publishes policies may
 * demand one. A payload of a version that is not known here is refused, since it may say more than this version can weigh.
 */
@NullMarked
package io.ashlar.filter.impact;

import org.jspecify.annotations.NullMarked;
