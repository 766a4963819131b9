package io.tollbook.messages;

import java.lang.reflect.Type;
import org.axonframework.messaging.responsetypes.ResponseType;

/** Takes a handler's answer as it is: a query's own type already says what it answers. */
final class AnyAnswer implements ResponseType<Object> {
    static final AnyAnswer INSTANCE = new AnyAnswer();

    private AnyAnswer() {}

    @Override
    public boolean matches(Type responseType) {
        return true;
    }

    @Override
    public Class<Object> responseMessagePayloadType() {
        return Object.class;
    }

    @Override
    public Class<?> getExpectedResponseType() {
        return Object.class;
    }
}
