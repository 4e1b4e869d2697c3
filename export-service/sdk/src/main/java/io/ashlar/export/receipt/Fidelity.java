package io.ashlar.export.receipt;

/**
 * Where the file differs from the stored values, and why.
 *
 * @param column the field's name
 * @param note {@code formula_guard}: cells that a spreadsheet would run as a formula got a leading apostrophe
 * @param cells how many cells were altered, at least 1
 */
public record Fidelity(String column, String note, long cells) {

    /** See {@link #note()}. */
    public static final String FORMULA_GUARD = "formula_guard";

    public Fidelity {
        if (cells < 1) {
            throw new IllegalArgumentException("a note on no cell of " + column);
        }
    }
}
