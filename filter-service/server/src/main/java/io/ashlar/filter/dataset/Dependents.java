package io.ashlar.filter.dataset;

import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import java.util.List;
import java.util.UUID;

/** Who relies on datasets. Implemented by the slices that keep something that was checked against one. */
public interface Dependents {

    /** What fits {@code present} and would not fit {@code next}, as far as the subject may know of it; bounded. */
    List<Fault> brokenBy(UUID tenant, String subject, Dataset present, Dataset next);
}
