package io.ashlar.ingest.attribute;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a declaration.
 *
 * @param kind one of {@code string}, {@code bool}, {@code int64}, {@code double}, {@code timestamp}
 * @param hot whether the latest value is projected; true if absent
 */
@Schema(examples = "{\"kind\":\"int64\",\"hot\":true}")
record AttributeDeclaration(@Nullable String kind, @Nullable Boolean hot) {}
