package io.ashlar.filter.dataset;

import io.ashlar.filter.dsl.Dataset;
import java.time.Instant;

/**
 * A version of a dataset as it stands in the registry.
 *
 * @param declaredAt microseconds
 */
record Stored(Dataset dataset, Instant declaredAt) {

    /** The strong entity tag: a version never changes. */
    String etag() {
        return '"' + Long.toString(dataset.version()) + '"';
    }
}
