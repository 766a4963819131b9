package io.tollbook.kernel.account;

import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Meters as {@code {"INPUT":12,"OUTPUT":5}}. By hand, because Jackson looks a map's key type up anew for every value. */
final class MetersJson {
    private MetersJson() {}

    static final class Writer extends ValueSerializer<Meters> {
        @Override
        public void serialize(Meters meters, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            meters.counts().forEach((meter, count) -> {
                json.writeName(meter.name());
                json.writeNumber(count);
            });
            json.writeEndObject();
        }
    }

    static final class Reader extends ValueDeserializer<Meters> {
        @Override
        public Meters deserialize(JsonParser json, DeserializationContext context) {
            Map<Meter, Long> counts = new EnumMap<>(Meter.class);
            if (!json.isExpectedStartObjectToken()) context.handleUnexpectedToken(Meters.class, json);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                Meter meter = Meter.valueOf(json.currentName());
                json.nextToken();
                counts.put(meter, json.getLongValue());
            }
            return new Meters(counts);
        }
    }
}
