package io.ashlar.filter.dsl;

/**
 * A column of a statement's result: the field it shows and the type its SQL expression has, so that a value arrives as
 * String, Boolean, Long, BigDecimal, Double, OffsetDateTime, LocalDate or UUID.
 */
public record Column(String name, FieldType type) {}
