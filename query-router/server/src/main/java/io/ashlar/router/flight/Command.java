package io.ashlar.router.flight;

import java.util.List;

/**
 * What a flight is made for.
 *
 * @param sql with {@code $1}, {@code $2}, …
 * @param binds String, Boolean, Long, BigDecimal, Double, OffsetDateTime, LocalDate, UUID, or an array of one of them
 */
public record Command(String sql, List<Object> binds) {

    public Command {
        binds = List.copyOf(binds);
    }
}
