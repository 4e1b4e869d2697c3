package io.ashlar.ingest;

import io.ashlar.authz.problem.ErrorCode;

/**
 * What ingest-service says when it says no. The first group are answers to a request, the second are faults of one
 * record, which stand in {@code rejected[].errors[]} while the other records of the batch go on, the third are reasons of
 * dead letters.
 */
public enum IngestError implements ErrorCode {
    /** The attribute exists with another kind; a kind never changes, since rows of the old kind exist. */
    ATTRIBUTE_KIND_FIXED("attribute_kind_fixed", 409, "The kind of an attribute cannot change"),
    /** The tenant has as many attributes as it may have. */
    ATTRIBUTE_LIMIT_REACHED("attribute_limit_reached", 409, "Too many attributes"),
    /** The attribute's name is not one. */
    ATTRIBUTE_NAME_INVALID("attribute_name_invalid", 400, "Not a name for an attribute"),
    /** The batch has no record at all. */
    BATCH_EMPTY("batch_empty", 400, "The batch has no records"),
    /** More records in one request than allowed. */
    TOO_MANY_RECORDS("too_many_records", 413, "Too many records in one batch"),
    /** No record of the batch could be taken. */
    RECORDS_REJECTED("records_rejected", 422, "No record of the batch is valid"),

    /** A record names an attribute that its tenant has not declared. */
    ATTRIBUTE_UNKNOWN("attribute_unknown", 422, "The attribute is not declared"),
    /** A value is not of its attribute's kind. */
    ATTRIBUTE_KIND_MISMATCH("attribute_kind_mismatch", 422, "The value is not of the attribute's kind"),
    /** A text is longer than allowed. */
    TOO_LONG("too_long", 422, "Too long"),
    /** A number or an instant is outside what can be stored. */
    OUT_OF_RANGE("out_of_range", 422, "Out of range"),
    /** A required member is missing. */
    REQUIRED("required", 422, "Required"),
    /** A member that is not known. */
    UNKNOWN_FIELD("unknown_field", 422, "Unknown field"),
    /** A member that appears twice. */
    DUPLICATE_FIELD("duplicate_field", 422, "Duplicate field"),
    /** A member of another JSON type than expected. */
    WRONG_TYPE("wrong_type", 422, "Wrong type"),
    /** A text that does not follow its format. */
    INVALID_FORMAT("invalid_format", 422, "Invalid format"),
    /** More attributes in one record than allowed. */
    TOO_MANY_ATTRIBUTES("too_many_attributes", 422, "Too many attributes in one record"),
    /** One record alone is larger than allowed. */
    RECORD_TOO_LARGE("record_too_large", 422, "The record is too large"),
    /** The line or record is no JSON. */
    MALFORMED_RECORD("malformed_record", 422, "The record is not JSON"),

    /** The log held a chunk that cannot be read. */
    CHUNK_UNREADABLE("chunk_unreadable", 422, "The chunk cannot be read"),
    /** The log held a chunk whose key was used before for another body. */
    CHUNK_KEY_REUSED("chunk_key_reused", 422, "The chunk's key was used for another body"),
    /** The store refused the record. */
    STORE_REFUSED("store_refused", 422, "The store refused the record");

    private final String code;
    private final int status;
    private final String title;

    IngestError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
