package io.ashlar.filter.dataset;

import io.ashlar.filter.dsl.Dataset;
import java.time.Instant;

/**
 * A version of a dataset as it stands in the registry.
 *
 * @param declaredAt microseconds
 */
record Stored(Dataset dataset, Instant declaredAt) {

    /** Whether a declaration says what this version says already. */
    boolean saysSame(Dataset candidate) {
        return withVersion(candidate, dataset.version()).equals(dataset);
    }

    static Dataset withVersion(Dataset dataset, long version) {
        return new Dataset(
                dataset.name(),
                version,
                dataset.relation(),
                dataset.tenantColumn(),
                dataset.key(),
                dataset.cedarType(),
                dataset.entityPrefix(),
                dataset.fields());
    }

    /** The strong entity tag: a version never changes. */
    String etag() {
        return '"' + Long.toString(dataset.version()) + '"';
    }
}
