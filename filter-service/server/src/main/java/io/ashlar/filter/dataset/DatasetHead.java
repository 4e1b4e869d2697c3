package io.ashlar.filter.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code filter.datasets}: which version is current. */
@Entity
@Table(name = "datasets", schema = "filter")
class DatasetHead {

    @EmbeddedId
    DatasetId id;

    @Column(nullable = false)
    long version;

    @Column(name = "declared_at", nullable = false)
    Instant declaredAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected DatasetHead() {}

    DatasetHead(DatasetId id, long version, Instant declaredAt) {
        this.id = id;
        this.version = version;
        this.declaredAt = declaredAt;
    }
}
