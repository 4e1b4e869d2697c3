package io.ashlar.filter.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** Whose dataset, and which. */
@Embeddable
record DatasetId(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "name") String name) implements Serializable {}
