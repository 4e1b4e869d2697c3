package io.ashlar.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Where the demo's flights come from: the bundled sample, or a Parquet file of the same columns. */
sealed interface Flights {

    /** Gives every flight to {@code sink}, in file order, without holding them all. */
    void forEach(Consumer<Flight> sink);

    /** What the table says. */
    String description();

    /** The bundled 20,000: every 150th row of the source named in {@code FLIGHTS.md} beside the file. */
    record Sample() implements Flights {
        private static final String RESOURCE = "flights-2001-sample.csv.gz";

        @Override
        public void forEach(Consumer<Flight> sink) {
            try (InputStream raw = Sample.class.getResourceAsStream(RESOURCE)) {
                if (raw == null) {
                    throw new IllegalStateException("the bundled sample " + RESOURCE + " is missing");
                }
                try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(new GZIPInputStream(raw))) {
                    rows.forEach(row -> sink.accept(of(row)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the bundled sample cannot be read", e);
            }
        }

        @Override
        public String description() {
            return "20,000 US flights of 2001 (bundled sample)";
        }

        private static Flight of(NamedCsvRecord row) {
            return new Flight(
                    Long.parseLong(row.getField("row")),
                    Instant.parse(row.getField("date")),
                    Long.parseLong(row.getField("delay")),
                    Long.parseLong(row.getField("distance")),
                    row.getField("origin"),
                    row.getField("destination"));
        }
    }

    /**
     * A Parquet file with the columns date, delay, distance, origin, destination.
     *
     * @param file where it is
     */
    record Parquet(Path file) implements Flights {

        private static final String SELECT = """
                SELECT file_row_number, date, delay, distance, origin, destination
                FROM read_parquet(?, file_row_number = true)
                ORDER BY file_row_number
                """;

        public Parquet {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("no such file: " + file);
            }
        }

        @Override
        public void forEach(Consumer<Flight> sink) {
            try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                    PreparedStatement select = duckdb.prepareStatement(SELECT)) {
                select.setString(1, file.toString());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sink.accept(of(rows));
                    }
                }
            } catch (SQLException e) {
                throw new IllegalArgumentException(
                        file + " is no Parquet file of flights (date, delay, distance, origin, destination): "
                                + e.getMessage(),
                        e);
            }
        }

        @Override
        public String description() {
            return "flights of " + file.getFileName();
        }

        private static Flight of(ResultSet row) throws SQLException {
            return new Flight(
                    row.getLong(1),
                    row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6));
        }
    }
}
