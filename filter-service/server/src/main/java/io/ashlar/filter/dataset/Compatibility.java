package io.ashlar.filter.dataset;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.permission.PermissionCheck;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Whether the next version of a dataset may follow the present one. Blocking: may ask authz and the database. Thread-safe. */
@Singleton
final class Compatibility {

    private static final String RECLASSIFY = "dataset.reclassify";

    private final PermissionCheck permissions;
    private final Dependents dependents;

    Compatibility(PermissionCheck permissions, Dependents dependents) {
        this.permissions = permissions;
        this.dependents = dependents;
    }

    /**
     * Lets a change through.
     *
     * @param breaking whether the caller said that it may break
     * @return what breaks nevertheless, and whose segments
     * @throws ProblemException {@code forbidden} where it takes a right that the caller does not have, else
     *     {@code dataset_incompatible} where it breaks and the caller did not say that it may; each names every difference
     */
    List<Fault> admit(Caller caller, Dataset present, Dataset next, boolean breaking) {
        List<Difference> differences = Differences.of(present, next);
        List<Fault> unlawful = faults(differences.stream()
                .filter(difference -> difference.change().needsRights())
                .toList());
        if (!unlawful.isEmpty() && !permissions.allowed(caller, RECLASSIFY, new EntityRef("Dataset", next.name()))) {
            throw new ProblemException(
                    DoorError.FORBIDDEN,
                    "Changes of who may see what take the action " + RECLASSIFY + " on the dataset.",
                    unlawful);
        }
        List<Fault> breaks = new ArrayList<>(faults(differences.stream()
                .filter(difference -> difference.change().breaks())
                .toList()));
        if (breaks.isEmpty()) {
            return List.of();
        }
        breaks.addAll(dependents.brokenBy(caller.requireTenant(), caller.subject(), present, next));
        if (!breaking) {
            throw new ProblemException(
                    FilterError.DATASET_INCOMPATIBLE,
                    "Who uses version " + present.version()
                            + " may fail with this one. Say ?breaking=allow to declare it nevertheless.",
                    breaks);
        }
        return breaks;
    }

    private static List<Fault> faults(List<Difference> differences) {
        return differences.stream().map(Difference::fault).toList();
    }
}
