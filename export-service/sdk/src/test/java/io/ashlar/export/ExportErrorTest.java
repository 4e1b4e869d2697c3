package io.ashlar.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Codes and statuses are a contract. */
class ExportErrorTest {

    @Test
    void codesAreFrozen() {
        assertThat(Arrays.stream(ExportError.values()).map(error -> error.code() + " " + error.status()))
                .containsExactly(
                        "unsupported_format 400",
                        "unsupported_notification 400",
                        "webhook_refused 400",
                        "unknown_source 422",
                        "export_not_ready 409",
                        "export_finished 409",
                        "export_without_file 409",
                        "export_expired 410",
                        "too_many_queued_exports 429");
    }
}
