package io.ashlar.filter.dataset;

import io.ashlar.filter.dataset.CatalogueCheck.Findings;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.DescribeAnswer.Column;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the attributes of a declaration against the catalogue of their relation. All of a dataset's attributes are of one
 * relation, so that what they share is said once, at the first of them.
 */
final class AttributeCheck {

    private final Dataset dataset;
    private final Map<String, Column> columns;
    private final List<Index> indexes;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();

    private AttributeCheck(Dataset dataset, DescribeAnswer catalogue) {
        this.dataset = dataset;
        this.columns = catalogue.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        this.indexes = catalogue.indexes();
    }

    /** Index of the first field that is an attribute, or -1. */
    static int first(Dataset dataset) {
        for (int i = 0; i < dataset.fields().size(); i++) {
            if (dataset.fields().get(i).source() instanceof Source.Eav) {
                return i;
            }
        }
        return -1;
    }

    /** @param catalogue of the attributes' relation */
    static Findings of(Dataset dataset, DescribeAnswer catalogue) {
        AttributeCheck check = new AttributeCheck(dataset, catalogue);
        boolean first = true;
        for (int i = 0; i < dataset.fields().size(); i++) {
            Field field = dataset.fields().get(i);
            if (field.source() instanceof Source.Eav eav) {
                String pointer = "/fields/" + i;
                if (first) {
                    check.shared(eav, pointer + "/source");
                    first = false;
                }
                check.value(field, eav, pointer);
                check.latest(eav, pointer + "/source/latest");
            }
        }
        return new Findings(check.faults, check.warnings);
    }

    private void shared(Source.Eav eav, String pointer) {
        Column tenant = column(dataset.tenantColumn(), pointer + "/eav");
        if (tenant != null) {
            typed(tenant, Set.of("uuid"), pointer + "/eav");
            present(tenant, pointer + "/eav", "The tenant's column may be null; a row without a tenant is nobody's.");
        }
        Column entity = column(eav.entity(), pointer + "/entity");
        Field key = dataset.field(dataset.key().getFirst());
        if (entity != null && key != null) {
            typed(entity, CatalogueCheck.accepted(key.type()), pointer + "/entity");
        }
        Column attribute = column(eav.attribute(), pointer + "/attribute");
        if (attribute != null) {
            typed(attribute, CatalogueCheck.WHOLES, pointer + "/attribute");
        }
        if (!begins(dataset.tenantColumn(), eav.attribute())) {
            warnings.add(new Fault(
                    "no_index_for_attributes",
                    pointer + "/attribute",
                    "No index begins with " + dataset.tenantColumn() + ", " + eav.attribute()
                            + ": a query by an attribute reads every attribute of the tenant."));
        }
        if (!begins(dataset.tenantColumn(), eav.entity())) {
            warnings.add(new Fault(
                    "no_index_for_entity",
                    pointer + "/entity",
                    "No index begins with " + dataset.tenantColumn() + ", " + eav.entity()
                            + ": one row's attributes are found among those of all rows."));
        }
    }

    private void value(Field field, Source.Eav eav, String pointer) {
        Column column = column(eav.value(), pointer + "/source/value");
        if (column != null) {
            typed(column, CatalogueCheck.accepted(field.type()), pointer + "/type");
        }
    }

    private void latest(Source.Eav eav, String pointer) {
        for (int i = 0; i < eav.latest().size(); i++) {
            Column column = column(eav.latest().get(i), pointer + "/" + i);
            if (column != null) {
                present(column, pointer + "/" + i, "The column may be null, and which row is the latest is then open.");
            }
        }
    }

    private @Nullable Column column(String name, String pointer) {
        Column column = columns.get(name);
        if (column == null) {
            faults.add(CatalogueCheck.unknownColumn(
                    pointer, "The relation of the attributes has no column " + name + ".", columns.keySet()));
        }
        return column;
    }

    private void typed(Column column, Set<String> accepted, String pointer) {
        if (!accepted.contains(CatalogueCheck.baseType(column))) {
            faults.add(CatalogueCheck.wrongType(pointer, column, accepted));
        }
    }

    private void present(Column column, String pointer, String detail) {
        if (column.nullable()) {
            faults.add(new Fault("column_nullable", pointer, detail));
        }
    }

    private boolean begins(String first, String second) {
        return indexes.stream()
                .filter(index -> index.method().equals("btree"))
                .anyMatch(index -> index.columns().size() >= 2
                        && index.columns().subList(0, 2).equals(List.of(first, second)));
    }
}
