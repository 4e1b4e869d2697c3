package io.ashlar.filter.segment;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code filter.segments}. */
@Entity
@Table(name = "segments", schema = "filter")
class SegmentRow {

    @EmbeddedId
    SegmentId id;

    @Column(nullable = false)
    long version;

    @Column(nullable = false, updatable = false)
    String owner;

    @Column(nullable = false)
    String name;

    @Column(nullable = false)
    String description;

    @Column(nullable = false)
    String shared;

    /** The canonical JSON of the filter. */
    @Column(nullable = false)
    String filter;

    /** The segments that the filter speaks of, without those inside them. */
    @Column(nullable = false)
    UUID[] uses;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    Instant updatedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected SegmentRow() {}

    SegmentRow(SegmentId id, String owner, Instant now, SegmentContent content) {
        this.id = id;
        this.version = 1;
        this.owner = owner;
        this.createdAt = now;
        this.updatedAt = now;
        this.name = content.name();
        this.description = content.description();
        this.shared = content.shared().wire();
        this.filter = content.filter().json();
        this.uses = content.uses().toArray(UUID[]::new);
    }

    /** The next version. */
    void change(SegmentContent content, Instant now) {
        version++;
        updatedAt = now;
        name = content.name();
        description = content.description();
        shared = content.shared().wire();
        filter = content.filter().json();
        uses = content.uses().toArray(UUID[]::new);
    }
}
