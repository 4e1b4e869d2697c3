package io.ashlar.ingest.load;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.month.MonthKeeper;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

/** Makes lanes. */
@Singleton
class LaneFactory {

    private final AgroalDataSource system;
    private final AttributeCatalog catalog;
    private final MonthKeeper months;
    private final LoadTelemetry telemetry;

    LaneFactory(
            @DataSource("system") AgroalDataSource system,
            AttributeCatalog catalog,
            MonthKeeper months,
            LoadTelemetry telemetry) {
        this.system = system;
        this.catalog = catalog;
        this.months = months;
        this.telemetry = telemetry;
    }

    List<Lane> make(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Lane(number, system, catalog, months, telemetry))
                .toList();
    }
}
