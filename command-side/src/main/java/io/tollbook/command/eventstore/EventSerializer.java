package io.tollbook.command.eventstore;

import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.ByteArrayToJsonNodeConverter;
import org.axonframework.serialization.jackson3.JsonNodeToByteArrayConverter;
import org.axonframework.serialization.jackson3.JsonNodeToObjectNodeConverter;
import org.axonframework.serialization.jackson3.MetaDataDeserializer;
import org.axonframework.serialization.jackson3.ObjectNodeToJsonNodeConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events as JSON under their stored names. Nulls are left out, fields stand in the order the record declares them. An
 * unknown name or field is an error: a projection stops there rather than skip a fact.
 */
public final class EventSerializer implements Serializer {
    private static final SerializedType META_DATA = new SimpleSerializedType("metadata", null);

    private final EventNames names;
    private final JsonMapper json;
    private final ChainingConverter converter = new ChainingConverter();
    private final ConcurrentHashMap<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    public EventSerializer(EventNames names) {
        this.names = names;
        json = JsonMapper.builder()
                .addModule(new SimpleModule("metadata").addDeserializer(MetaData.class, new MetaDataDeserializer()))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .changeDefaultPropertyInclusion(inclusion ->
                        inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
                .build();
        converter.registerConverter(new JsonNodeToByteArrayConverter(json));
        converter.registerConverter(new ByteArrayToJsonNodeConverter(json));
        converter.registerConverter(new JsonNodeToObjectNodeConverter());
        converter.registerConverter(new ObjectNodeToJsonNodeConverter());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        try {
            SerializedType type = object == null ? SerializedType.emptyType() : typeForClass(object.getClass());
            T data = String.class.equals(representation)
                    ? (T) json.writeValueAsString(object)
                    : converter.convert(json.writeValueAsBytes(object), representation);
            return new SimpleSerializedObject<>(data, representation, type);
        } catch (JacksonException e) {
            throw new SerializationException("cannot write " + object.getClass(), e);
        }
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return JsonNode.class.equals(representation)
                || String.class.equals(representation)
                || converter.canConvert(byte[].class, representation);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"})
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        Class<?> type = classForType(serialized.getType());
        if (type == Void.class) return null;
        try {
            ObjectReader reader = readers.computeIfAbsent(type, json::readerFor);
            S data = serialized.getData();
            if (data instanceof String text) return reader.readValue(text);
            if (data instanceof JsonNode node) return reader.readValue(node);
            return reader.readValue(converter.convert(serialized, byte[].class).getData());
        } catch (JacksonException e) {
            throw new SerializationException(
                    "cannot read " + serialized.getType().getName(), e);
        }
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) return Void.class;
        if (META_DATA.getName().equals(type.getName())) return MetaData.class;
        // Axon names the metadata of a stored message by its class.
        if (MetaData.class.getName().equals(type.getName())) return MetaData.class;
        return names.classOf(type.getName(), type.getRevision())
                .orElseThrow(() -> new SerializationException(
                        "no class reads " + type.getName() + " version " + type.getRevision()));
    }

    @Override
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || type == Void.class || type == void.class) return SerializedType.emptyType();
        if (MetaData.class.isAssignableFrom(type)) return META_DATA;
        return names.typeOf(type);
    }

    @Override
    public Converter getConverter() {
        return converter;
    }

    /** Whether a snapshot of this name and version can still be read; if not, the events are replayed instead. */
    boolean reads(SerializedType type) {
        return names.classOf(type.getName(), type.getRevision()).isPresent();
    }
}
