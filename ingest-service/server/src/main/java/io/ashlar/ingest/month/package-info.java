/**
 * The leaves of {@code ingest.entity_values}, one per month of ingestion, made three months ahead. Made by a function of the
 * owner under an advisory lock, so that any number of instances may try and none needs the owner's password.
 * A month that is missing all the same is made when the loader meets it: no row is ever without a home.
 */
@NullMarked
package io.ashlar.ingest.month;

import org.jspecify.annotations.NullMarked;
