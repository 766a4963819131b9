package io.tollbook.command.eventstore;

import io.tollbook.kernel.EventName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The stored name and version of each event and snapshot class. Two classes of one name and version are a mistake. */
public final class EventNames {
    private final Map<Class<?>, SerializedType> types = new HashMap<>();
    private final Map<String, Class<?>> classes = new HashMap<>();

    public EventNames(Set<Class<?>> named) {
        for (Class<?> type : named) {
            EventName name = type.getAnnotation(EventName.class);
            if (name == null) throw new IllegalArgumentException(type + " has no event name");
            Class<?> other = classes.putIfAbsent(key(name.value(), name.version()), type);
            if (other != null && other != type)
                throw new IllegalArgumentException(type + " and " + other + " are both " + name.value());
            types.put(type, new SimpleSerializedType(name.value(), Integer.toString(name.version())));
        }
    }

    /** Finds every class below {@code io.tollbook} that has a name. */
    public static EventNames scan() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(
                    org.springframework.beans.factory.annotation.AnnotatedBeanDefinition definition) {
                return true;
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(EventName.class, false));
        Set<Class<?>> named = new java.util.HashSet<>();
        for (String root : new String[] {"io.tollbook.kernel", "io.tollbook.command"})
            scanner.findCandidateComponents(root)
                    .forEach(definition -> named.add(ClassUtils.resolveClassName(
                            java.util.Objects.requireNonNull(definition.getBeanClassName()), null)));
        return new EventNames(named);
    }

    /** @throws IllegalArgumentException for a class without a name: it must not be stored */
    SerializedType typeOf(Class<?> type) {
        SerializedType found = types.get(type);
        if (found == null) throw new IllegalArgumentException(type + " has no event name, so it cannot be stored");
        return found;
    }

    Optional<Class<?>> classOf(String name, String version) {
        return Optional.ofNullable(classes.get(name + "." + version));
    }

    /** All names with version, {@code account.funds-held.1}, and their classes. */
    public Map<String, Class<?>> all() {
        return Map.copyOf(classes);
    }

    private static String key(String name, int version) {
        return name + "." + version;
    }
}
