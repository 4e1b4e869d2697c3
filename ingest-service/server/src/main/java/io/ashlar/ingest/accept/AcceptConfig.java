package io.ashlar.ingest.accept;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits of one request, and how long things may take. */
@ConfigMapping(prefix = "ashlar.ingest.accept")
interface AcceptConfig {

    /** Records in one request. */
    @WithDefault("10000")
    @Min(1) int recordsMax();

    /** Attributes in one record. */
    @WithDefault("64")
    @Min(1) int attributesMax();

    /** Bytes of one text value in UTF-8. */
    @WithDefault("8192")
    @Min(1) int textBytesMax();

    /** Bytes of one record as it stands on the log; well below a chunk. */
    @WithDefault("262144")
    @Min(1) @Max(800_000) int recordBytesMax();

    /** Faults that are named per record. */
    @WithDefault("16")
    @Min(1) int faultsMax();

    /** How long a claim protects a request that is being sent; then another may take it over. */
    @WithDefault("30s")
    Duration lease();

    /** How long all acknowledgements may take; shorter than the lease. */
    @WithDefault("15s")
    Duration produceTimeout();

    /** Raised after the store was restored; in every token. */
    @WithDefault("1")
    @Min(0) int incarnation();
}
