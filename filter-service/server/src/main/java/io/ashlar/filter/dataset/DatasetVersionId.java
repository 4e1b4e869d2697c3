package io.ashlar.filter.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** One version of a tenant's dataset. */
@Embeddable
record DatasetVersionId(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "name") String name,
        @Column(name = "version") long version)
        implements Serializable {}
