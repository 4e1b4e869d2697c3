package io.ashlar.filter.dataset;

import io.ashlar.filter.dsl.Fault;

/**
 * One thing that the next version of a dataset says otherwise.
 *
 * @param pointer into the next declaration; {@code /fields} for a field that is gone
 * @param detail for a person; names the field
 */
record Difference(Change change, String pointer, String detail) {

    Fault fault() {
        return new Fault(change.code(), pointer, detail);
    }
}
