package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.SortKey.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Fits an order to what its names stand for, and makes it total. Not thread-safe. */
final class SortCheck {

    private final Scope scope;
    private final Set<String> names;
    private final Faults faults;
    private final Path path;

    SortCheck(Scope scope, Set<String> names, Faults faults, Path path) {
        this.scope = scope;
        this.names = names;
        this.faults = faults;
        this.path = path;
    }

    /** @param key names that together tell everything apart: what is not sorted by yet is added as tie-break */
    List<SortKey> of(Query query, Collection<String> key) {
        List<SortKey> sort = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        int mark = path.enter("sort");
        for (int i = 0; i < query.sort().size(); i++) {
            SortKey wanted = query.sort().get(i);
            int inner = query.form().sortList() ? path.enter(i) : path.mark();
            if (fits(wanted, seen)) {
                sort.add(wanted);
            }
            path.leave(inner);
        }
        path.leave(mark);
        // The tie-break runs the way of the last key, so that one index can be read in one direction.
        Direction dir = sort.isEmpty() ? Direction.ASC : sort.getLast().dir();
        for (String part : key) {
            if (!seen.contains(part)) {
                seen.add(part);
                sort.add(new SortKey(part, dir));
            }
        }
        return sort;
    }

    /** @param seen few: keys are bounded */
    private boolean fits(SortKey key, List<String> seen) {
        Field field = scope.field(key.field());
        if (field == null || !names.contains(key.field())) {
            Checker.unknown(faults, path.at("field"), key.field(), names);
            return false;
        }
        String rank = key.rank();
        if (rank != null && field.type() != FieldType.TEXT) {
            faults.add(FaultCode.WRONG_TYPE, path.at("rank"), "Only a text can be ranked by words.");
            return false;
        } else if (rank != null) {
            OperandCheck.words(rank, faults, path.at("rank"));
        } else if (!field.type().isSortable()) {
            faults.add(
                    FaultCode.NOT_SORTABLE,
                    path.at("field"),
                    "Rows cannot be ordered by this field"
                            + (field.type() == FieldType.TEXT ? ", but by its rank for some words." : "."));
            return false;
        }
        if (seen.contains(key.field())) {
            String at = path.toString();
            Fault fault = new Fault(
                    FaultCode.DUPLICATE_VALUE, path.at("field"), "The rows are sorted by this field already.");
            faults.add(fault.withFix(JsonPatch.remove(at)));
            return false;
        }
        seen.add(key.field());
        return true;
    }
}
