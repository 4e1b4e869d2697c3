package io.ashlar.filter.dsl;

import java.time.Instant;
import java.time.ZoneId;

/** What a filter means beside its dataset: where and when days and periods are, and what segments stand for. */
record Setting(ZoneId zone, Instant now, Segments segments) {}
