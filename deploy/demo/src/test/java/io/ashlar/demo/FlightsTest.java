package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsTest {

    @Test
    void theSampleHoldsTwentyThousandDistinctFlightsInOrder() {
        List<Flight> flights = new ArrayList<>();

        new Flights.Sample().forEach(flights::add);

        assertEquals(20_000, flights.size());
        assertEquals(
                20_000,
                flights.stream()
                        .map(Flight::entityId)
                        .collect(Collectors.toSet())
                        .size());
        assertEquals(new Flight(0, Instant.parse("2001-01-01T00:01:00Z"), 33, 2176, "LAS", "PHL"), flights.getFirst());
        assertEquals("flight:2999850", flights.getLast().entityId());
    }

    @Test
    void aFlightIsATelemetryRecord() {
        String line = new Flight(150, Instant.parse("2001-01-01T05:42:00Z"), -11, 1389, "LGA", "DFW").toTelemetryLine();

        assertEquals("flight:0000150", Api.parse(line).path("entity_id").asText());
        assertEquals(-11, Api.parse(line).path("attributes").path("delay").asInt());
    }

    @Test
    void aFileThatIsNoParquetIsRefusedByName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("x.parquet"), "no parquet");

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Flights.Parquet(file).forEach(flight -> {}));

        assertTrue(refused.getMessage().contains("x.parquet"), refused.getMessage());
    }
}
