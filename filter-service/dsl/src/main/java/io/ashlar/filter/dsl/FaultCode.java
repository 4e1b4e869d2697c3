package io.ashlar.filter.dsl;

/** The codes of the faults that this module finds. Frozen: clients switch on them. */
public final class FaultCode {

    public static final String MALFORMED_JSON = "malformed_json";
    public static final String BODY_TOO_LARGE = "body_too_large";
    public static final String UNKNOWN_KEY = "unknown_key";
    public static final String DUPLICATE_KEY = "duplicate_key";
    public static final String AMBIGUOUS_NODE = "ambiguous_node";
    public static final String MISSING_KEY = "missing_key";
    public static final String WRONG_TYPE = "wrong_type";
    public static final String UNKNOWN_FIELD = "unknown_field";
    public static final String UNKNOWN_OPERATOR = "unknown_operator";
    public static final String OPERATOR_NOT_ALLOWED = "operator_not_allowed";
    public static final String UNKNOWN_SEGMENT = "unknown_segment";
    public static final String SEGMENT_INVALID = "segment_invalid";
    public static final String NOT_SORTABLE = "not_sortable";
    public static final String NOT_GROUPABLE = "not_groupable";
    public static final String NOT_MEASURABLE = "not_measurable";
    public static final String MISPLACED_KEY = "misplaced_key";
    public static final String UNKNOWN_TIME_ZONE = "unknown_time_zone";
    public static final String VALUE_INVALID = "value_invalid";
    public static final String OUT_OF_RANGE = "out_of_range";
    public static final String DUPLICATE_VALUE = "duplicate_value";
    public static final String TOO_DEEP = "too_deep";
    public static final String TOO_MANY_NODES = "too_many_nodes";
    public static final String TOO_MANY_VALUES = "too_many_values";
    public static final String TOO_MANY_SORT_KEYS = "too_many_sort_keys";
    public static final String TOO_LONG = "too_long";

    private FaultCode() {}
}
