package io.ashlar.filter.dataset;

import java.util.Locale;

/**
 * What can differ between two versions of a dataset, and what it means for those who use it: their queries go on as before, or
 * something they rely on is gone (breaks), or somebody may learn what was kept from them (needs the right to say so).
 */
enum Change {
    RELATION_CHANGED(true, false, "Other rows stand behind the name."),
    TENANT_COLUMN_CHANGED(true, true, "Another column says whose a row is."),
    KEY_CHANGED(true, false, "Rows are told apart, and ordered, by other fields."),
    CEDAR_TYPE_CHANGED(false, true, "Other policies apply to the rows."),
    ENTITY_PREFIX_CHANGED(true, false, "Other rows belong to the dataset."),
    FIELD_ADDED(false, false, "There is a field more."),
    FIELD_REMOVED(true, false, "The field is gone."),
    TYPE_CHANGED(true, false, "The field's values are of another type."),
    SOURCE_CHANGED(true, false, "The field's values come from elsewhere."),
    OPERATORS_NARROWED(true, false, "The field no longer takes some operators."),
    OPERATORS_WIDENED(false, false, "The field takes more operators."),
    BECAME_NULLABLE(true, false, "A value that was always there may be absent."),
    NEVER_NULL(false, false, "A value that could be absent is always there."),
    VALUES_REMOVED(true, false, "Some words of the field are gone."),
    VALUES_ADDED(false, false, "The field has more words."),
    SENSITIVITY_RAISED(true, false, "The field is hidden from those who may not unmask it."),
    SENSITIVITY_LOWERED(false, true, "The field is shown to everybody who may read a row."),
    SENSITIVITY_CHANGED(false, true, "The field is shown to those who may unmask another label."),
    CEDAR_ATTRIBUTE_CHANGED(
            false, true, "Policies know the field by another name, and see other values by the old one."),
    SENSITIVE_SOURCE_REUSED(false, true, "The same values are hidden under another field of the dataset.");

    private final boolean breaks;
    private final boolean needsRights;
    private final String meaning;

    Change(boolean breaks, boolean needsRights, String meaning) {
        this.breaks = breaks;
        this.needsRights = needsRights;
        this.meaning = meaning;
    }

    /** Whether somebody's query may fail, or mean something else, from then on. */
    boolean breaks() {
        return breaks;
    }

    /** Whether {@code dataset.declare} is not enough. */
    boolean needsRights() {
        return needsRights;
    }

    String meaning() {
        return meaning;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code compatible}, {@code breaking} or {@code needs_rights}; the latter also where it breaks besides. */
    String verdict() {
        return needsRights ? "needs_rights" : breaks ? "breaking" : "compatible";
    }
}
