package io.ashlar.filter.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code filter.dataset_versions}; never changed. */
@Entity
@Immutable
@Table(name = "dataset_versions", schema = "filter")
class DatasetVersion {

    @EmbeddedId
    DatasetVersionId id;

    /** The canonical JSON of the dataset, its version included. */
    @Column(nullable = false)
    String declaration;

    @Column(name = "declared_by", nullable = false)
    String declaredBy;

    @Column(name = "declared_at", nullable = false)
    Instant declaredAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected DatasetVersion() {}

    DatasetVersion(DatasetVersionId id, String declaration, String declaredBy, Instant declaredAt) {
        this.id = id;
        this.declaration = declaration;
        this.declaredBy = declaredBy;
        this.declaredAt = declaredAt;
    }
}
