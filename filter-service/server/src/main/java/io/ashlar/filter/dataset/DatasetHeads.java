package io.ashlar.filter.dataset;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** Access to {@code filter.datasets}, inside a {@link TenantTransaction} only. */
@ApplicationScoped
class DatasetHeads implements PanacheRepositoryBase<DatasetHead, DatasetId> {}
