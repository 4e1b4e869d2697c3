package io.ashlar.export.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.ashlar.export.receipt.Fidelity;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, each a JSON array in the order of the columns, as CSV. Null is an empty cell, an empty string a quoted one.
 * Not thread-safe; heap does not grow with the rows.
 */
public final class CsvFile {

    /** A sum beyond this many digits is not kept: nobody pays for adding it up. */
    private static final int SUM_DIGITS_MAX = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final CsvWriter writer;
    private final List<Column> columns;
    private final String[] cells;
    private final long[] guarded;
    private final @Nullable BigDecimal[] sums;
    private long rows;

    /**
     * One column.
     *
     * @param name the heading
     * @param text whether values are text that a spreadsheet may take for a formula
     * @param summed whether the receipt carries the column's exact sum
     */
    public record Column(String name, boolean text, boolean summed) {

        /** By the wire name of the field's type. */
        public static Column of(String name, String type) {
            return new Column(name, type.equals("string"), type.equals("int64") || type.equals("decimal"));
        }
    }

    /** Begins with the heading; {@code out} stays the caller's. */
    public CsvFile(OutputStream out, List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.cells = new String[columns.size()];
        this.guarded = new long[columns.size()];
        this.sums = new BigDecimal[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            sums[i] = columns.get(i).summed() ? BigDecimal.ZERO : null;
        }
        this.writer = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .bufferSize(64 * 1024)
                .build(out);
        writer.writeRecord(columns.stream().map(Column::name).toList());
    }

    /**
     * Writes a row.
     *
     * @param row a JSON array with one scalar per column
     * @throws IOException if it is not, or cannot be written
     */
    public void write(byte[] row) throws IOException {
        try (JsonParser in = JSON.createParser(row)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("row " + (rows + 1) + " is no array");
            }
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(in, i);
            }
            if (in.nextToken() != JsonToken.END_ARRAY) {
                throw new IOException("row " + (rows + 1) + " has more than " + cells.length + " cells");
            }
        }
        writer.writeRecord(cells);
        rows++;
    }

    private @Nullable String cell(JsonParser in, int i) throws IOException {
        JsonToken token = in.nextToken();
        if (token == null) {
            throw new IOException("row " + (rows + 1) + " is cut short");
        }
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in.getText(), i);
            case VALUE_STRING -> text(in.getText(), i);
            case END_ARRAY -> throw new IOException("row " + (rows + 1) + " has only " + i + " cells");
            case NOT_AVAILABLE, START_OBJECT, END_OBJECT, START_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("row " + (rows + 1) + " holds something that is no cell");
        };
    }

    private String number(String digits, int i) {
        BigDecimal sum = sums[i];
        if (sum != null) {
            BigDecimal grown = sum.add(new BigDecimal(digits));
            sums[i] = grown.precision() > SUM_DIGITS_MAX ? null : grown;
        }
        return digits;
    }

    private String text(String text, int i) {
        if (columns.get(i).text() && FormulaGuard.dangerous(text)) {
            guarded[i]++;
            return FormulaGuard.guarded(text);
        }
        return text;
    }

    /** Rows written, the heading not counted. */
    public long rows() {
        return rows;
    }

    /** Columns with altered cells. */
    public List<Fidelity> fidelity() {
        List<Fidelity> notes = new ArrayList<>();
        for (int i = 0; i < guarded.length; i++) {
            if (guarded[i] > 0) {
                notes.add(new Fidelity(columns.get(i).name(), Fidelity.FORMULA_GUARD, guarded[i]));
            }
        }
        return notes;
    }

    /** The exact sums, as decimal text. */
    public Map<String, String> sums() {
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < sums.length; i++) {
            BigDecimal sum = sums[i];
            if (sum != null) {
                texts.put(columns.get(i).name(), sum.toPlainString());
            }
        }
        return texts;
    }

    /** Writes what is buffered. */
    public void flush() throws IOException {
        writer.flush();
    }
}
