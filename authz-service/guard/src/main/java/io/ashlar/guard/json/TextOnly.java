package io.ashlar.guard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Times are strings; the library's readers would take numbers and arrays too, whatever the coercions say. */
final class TextOnly<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient JsonDeserializer<? extends T> reader;

    TextOnly(Class<T> type, JsonDeserializer<? extends T> reader) {
        super(type);
        this.reader = reader;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return handledType().cast(context.handleUnexpectedToken(handledType(), parser));
        }
        return reader.deserialize(parser, context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<T> handledType() {
        return (Class<T>) super.handledType();
    }
}
