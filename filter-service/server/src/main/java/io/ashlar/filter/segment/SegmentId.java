package io.ashlar.filter.segment;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** Whose segment, of which dataset, and which. */
@Embeddable
record SegmentId(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "dataset") String dataset,
        @Column(name = "id") UUID id)
        implements Serializable {}
