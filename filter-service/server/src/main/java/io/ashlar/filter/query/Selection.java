package io.ashlar.filter.query;

import io.ashlar.filter.dsl.CheckedQuery;
import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.dsl.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a row is shown to a caller from whom some fields are hidden.
 *
 * @param checked the client's query over the fields that may be seen; its fields are what the store is asked for
 * @param shown what the client gets, in its order: visible fields with their values, masked ones as null
 * @param masked those of {@code shown} that are hidden, sorted
 */
public record Selection(CheckedQuery checked, List<String> shown, List<String> masked) {

    public Selection {
        shown = List.copyOf(shown);
        masked = List.copyOf(masked);
    }

    /**
     * Checks a query; all faults at once, with pointers into the client's JSON.
     *
     * @param hiddenAttributes Cedar attribute paths, as the plan names them
     * @param checker knows the query's segments
     */
    static Parsed<Selection> of(Query query, Dataset dataset, List<String> hiddenAttributes, Checker checker) {
        Set<String> visible = new LinkedHashSet<>();
        Set<String> hidden = new LinkedHashSet<>();
        for (Field field : dataset.fields()) {
            (hiddenAttributes.contains(field.cedarAttribute()) ? hidden : visible).add(field.name());
        }
        List<String> shown = query.fields().isEmpty()
                ? dataset.fields().stream().map(Field::name).toList()
                : query.fields();
        List<Integer> asked = new ArrayList<>();
        List<String> askedNames = new ArrayList<>();
        for (int i = 0; i < query.fields().size(); i++) {
            if (!hidden.contains(query.fields().get(i))) {
                asked.add(i);
                askedNames.add(query.fields().get(i));
            }
        }
        if (!query.fields().isEmpty() && askedNames.isEmpty()) {
            // Only hidden fields were asked for: the rows still have to be counted out, so one visible field carries
            // them.
            visible.stream().findFirst().ifPresent(askedNames::add);
        }
        Query readable = query.withFields(askedNames);
        List<String> masked = List.copyOf(
                new TreeSet<>(shown.stream().filter(hidden::contains).toList()));
        return switch (checker.check(readable, dataset, visible)) {
            case Parsed.Ok<CheckedQuery>(CheckedQuery checked) -> Parsed.ok(new Selection(checked, shown, masked));
            case Parsed.Faulty<CheckedQuery>(List<Fault> faults) ->
                Parsed.faulty(
                        faults.stream().map(fault -> repointed(fault, asked)).toList());
        };
    }

    /** Whether every field that was asked for is hidden, so that what the store returns is not what was asked for. */
    boolean onlyMasked() {
        return !masked.isEmpty() && masked.containsAll(shown);
    }

    /** Hidden fields were taken out before the check, so that the check counts fewer of them than the client wrote. */
    private static Fault repointed(Fault fault, List<Integer> asked) {
        String prefix = "/fields/";
        if (!fault.pointer().startsWith(prefix)) {
            return fault;
        }
        int index = Integer.parseInt(
                fault.pointer(), prefix.length(), fault.pointer().length(), 10);
        return index < asked.size()
                ? fault.moved(pointer -> pointer.equals(fault.pointer()) ? prefix + asked.get(index) : pointer)
                : fault;
    }
}
