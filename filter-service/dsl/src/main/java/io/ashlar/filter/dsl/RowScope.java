package io.ashlar.filter.dsl;

import java.util.UUID;

/**
 * Which rows an operation may touch: those of one tenant, one dataset, one checked filter with its plan.
 */
public record RowScope(Dataset dataset, UUID tenant, Filter filter) {}
