package io.ashlar.export.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.ashlar.export.csv.CsvFile.Column;
import io.ashlar.export.receipt.Fidelity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void headingNullsEmptyTextQuotesAndNumbersAsTheyCame() throws IOException {
        CsvFile csv = file("name:string", "n:int64", "d:decimal", "x:double", "ok:bool", "at:timestamp");
        row(csv, "[\"a \\\"b\\\",\\r\\nc\",12345678901234567890,1.10,1e-7,true,\"2001-01-01T10:00:00.000000Z\"]");
        row(csv, "[null,-3,-0.05,null,false,null]");
        row(csv, "[\"\",null,null,-1.5,null,null]");
        csv.flush();
        assertThat(out.toString(UTF_8))
                .isEqualTo(String.join(
                        "\r\n",
                        "name,n,d,x,ok,at",
                        "\"a \"\"b\"\",",
                        "c\",12345678901234567890,1.10,1e-7,true,2001-01-01T10:00:00.000000Z",
                        ",-3,-0.05,,false,",
                        "\"\",,,-1.5,,",
                        ""));
        assertThat(csv.rows()).isEqualTo(3);
        assertThat(csv.fidelity()).isEmpty();
        assertThat(csv.sums()).isEqualTo(Map.of("n", "12345678901234567887", "d", "1.05"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "\\r=1", "=HYPERLINK(\\\"http://x\\\")"})
    void formulasAreMadeHarmlessAndCounted(String json) throws IOException {
        CsvFile csv = file("a:string", "n:int64");
        row(csv, "[\"" + json + "\",-1]");
        row(csv, "[\"plain\",-1]");
        csv.flush();
        List<CsvRecord> records = read();
        assertThat(records.get(1).getField(0)).startsWith("'");
        assertThat(records.get(1).getField(1)).isEqualTo("-1");
        assertThat(records.get(2).getField(0)).isEqualTo("plain");
        assertThat(csv.fidelity()).containsExactly(new Fidelity("a", Fidelity.FORMULA_GUARD, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[1,2,3]", "[1,[2]]", "[1,{}]", "[1,2", "", "null"})
    void aRowThatIsNoneEndsTheAttempt(String row) {
        CsvFile csv = file("a:int64", "b:int64");
        assertThatThrownBy(() -> csv.write(row.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Property(tries = 300)
    void anyTextComesBackAndNoneBeginsAFormula(@ForAll String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CsvFile csv = new CsvFile(bytes, List.of(Column.of("a", "string"), Column.of("b", "int64")));
        String valid = new String(text.getBytes(UTF_8), UTF_8);
        csv.write(("[" + JsonMapper.builder().build().writeValueAsString(valid) + ",7]").getBytes(UTF_8));
        csv.flush();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(bytes.toString(UTF_8))) {
            List<CsvRecord> records = reader.stream().toList();
            String field = records.get(1).getField(0);
            assertThat(records).hasSize(2);
            assertThat(FormulaGuard.dangerous(field)).isFalse();
            assertThat(field).isEqualTo(FormulaGuard.dangerous(valid) ? "'" + valid : valid);
        }
    }

    private CsvFile file(String... columns) {
        return new CsvFile(
                out,
                List.of(columns).stream()
                        .map(column -> column.split(":", -1))
                        .map(parts -> Column.of(parts[0], parts[1]))
                        .toList());
    }

    private static void row(CsvFile csv, String json) throws IOException {
        csv.write(json.getBytes(UTF_8));
    }

    private List<CsvRecord> read() throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(out.toString(UTF_8))) {
            return reader.stream().toList();
        }
    }
}
