package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of one result: first what may be released, then what only the position needs. Holds no value of a query, so
 * that one serves every query of a shape. Immutable.
 *
 * @param columns of the result
 * @param released how many of them may be released
 * @param added for each of the others, the number of the sort key whose value it is
 * @param position indexes into {@code columns} of the sort keys; empty unless a page
 * @param names of the fields that the result is made of
 */
record Projection(List<Column> columns, int released, List<Integer> added, List<Integer> position, Set<String> names) {

    Projection {
        columns = List.copyOf(columns);
        added = List.copyOf(added);
        position = List.copyOf(position);
        names = Set.copyOf(names);
    }

    /** The number of rows. */
    static final Projection COUNT =
            new Projection(List.of(new Column("count", FieldType.INT64)), 1, List.of(), List.of(), Set.of());

    static Projection of(PageSpec spec) {
        Dataset dataset = spec.rows().dataset();
        List<Column> columns = released(dataset, spec.fields());
        List<Integer> added = new ArrayList<>();
        List<Integer> position = new ArrayList<>(spec.sort().size());
        for (int i = 0; i < spec.sort().size(); i++) {
            SortKey key = spec.sort().get(i);
            String name = key.rank() == null ? key.field() : key.field() + "#rank";
            int at = indexOf(columns, name);
            if (at < 0) {
                at = columns.size();
                columns.add(new Column(name, SqlKeyset.type(key, dataset)));
                added.add(i);
            }
            position.add(at);
        }
        return new Projection(columns, spec.fields().size(), added, position, names(spec.fields(), spec.sort()));
    }

    static Projection of(StreamSpec spec) {
        List<Column> columns = released(spec.rows().dataset(), spec.fields());
        return new Projection(columns, columns.size(), List.of(), List.of(), names(spec.fields(), spec.sort()));
    }

    /** The fields that a result is made of. */
    static Set<String> names(List<String> fields, List<SortKey> sort) {
        Set<String> names = new LinkedHashSet<>(fields);
        sort.forEach(key -> names.add(key.field()));
        return names;
    }

    private static List<Column> released(Dataset dataset, List<String> fields) {
        List<Column> columns = new ArrayList<>(fields.size() + 2);
        for (String name : fields) {
            columns.add(new Column(name, dataset.require(name).type()));
        }
        return columns;
    }

    private static int indexOf(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** {@code SELECT …} of the dataset's rows, in the order that the added columns are of. */
    void write(Dataset dataset, List<SortKey> sort, SqlText out) {
        // Nothing is bound by what is released.
        for (int i = out.writes() ? 0 : released; i < columns.size(); i++) {
            Column column = columns.get(i);
            out.sql(i == 0, "SELECT ", ", ");
            if (i < released) {
                out.dialect().selected(out, dataset.require(column.name()));
            } else {
                SqlKeyset.selected(sort.get(added.get(i - released)), dataset, out);
            }
            out.sql(" AS ").name(column.name());
        }
    }

    /** {@code SELECT …} of a select that has these columns and more. */
    void writeAgain(SqlText out) {
        for (int i = 0; out.writes() && i < columns.size(); i++) {
            out.sql(i == 0, "SELECT p.", ", p.").name(columns.get(i).name());
        }
    }
}
