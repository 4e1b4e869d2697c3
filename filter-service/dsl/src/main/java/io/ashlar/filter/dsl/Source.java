package io.ashlar.filter.dsl;

import java.util.List;

/** Where the values of a field are found in its relation. */
public sealed interface Source {

    /** A column of the field's own type. Wire: {@code {"column":"delay"}}. */
    record Column(String column) implements Source {

        public Column {
            Identifiers.requireColumn(column);
        }
    }

    /** A member of a jsonb column, read as the field's type. Wire: {@code {"json":"attributes","key":"delay"}}. */
    record JsonField(String column, String key) implements Source {

        public JsonField {
            Identifiers.requireColumn(column);
            Identifiers.requireJsonKey(key);
        }
    }

    /** A member deep in a jsonb column. Wire: {@code {"json":"attributes","path":["engine","serial"]}}. */
    record JsonPath(String column, List<String> path) implements Source {

        static final int MAX_DEPTH = 8;

        public JsonPath {
            Identifiers.requireColumn(column);
            path = List.copyOf(path);
            if (path.isEmpty() || path.size() > MAX_DEPTH) {
                throw new IllegalArgumentException("a path has 1 to " + MAX_DEPTH + " members");
            }
            path.forEach(Identifiers::requireJsonKey);
        }
    }

    /**
     * The latest value of an attribute of an entity-attribute-value relation, whose entity is the dataset's first key
     * field and whose tenant column has the dataset's name for it. However many such fields a statement speaks of, the
     * relation is read once. Wire: {@code {"eav":"ingest.entity_values","entity":"entity_id","attribute":"attribute_id",
     * "id":7,"value":"v_int64","latest":["event_at","log_partition","log_offset","record_index"]}}.
     *
     * @param relation {@code schema.table}
     * @param entity column with the entity
     * @param attribute column with the attribute's number
     * @param id the number
     * @param value column with the values of this field's type
     * @param latest columns whose greatest combination is the latest row
     */
    record Eav(String relation, String entity, String attribute, int id, String value, List<String> latest)
            implements Source {

        public Eav {
            Identifiers.requireRelation(relation);
            Identifiers.requireColumn(entity);
            Identifiers.requireColumn(attribute);
            Identifiers.requireColumn(value);
            latest = List.copyOf(latest);
            if (latest.isEmpty() || latest.size() > 8) {
                throw new IllegalArgumentException("the latest row is told by 1 to 8 columns");
            }
            latest.forEach(Identifiers::requireColumn);
        }
    }
}
