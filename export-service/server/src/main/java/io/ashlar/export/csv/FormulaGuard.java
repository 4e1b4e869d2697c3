package io.ashlar.export.csv;

/**
 * Cells that begin as a formula would are given a leading apostrophe, which spreadsheets show as text (OWASP, "CSV
 * Injection").
 */
final class FormulaGuard {

    private FormulaGuard() {}

    static boolean dangerous(String cell) {
        if (cell.isEmpty()) {
            return false;
        }
        return switch (cell.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r' -> true;
            default -> false;
        };
    }

    static String guarded(String cell) {
        return "'" + cell;
    }
}
