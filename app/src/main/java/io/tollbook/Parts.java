package io.tollbook;

import org.axonframework.springboot.autoconfig.MicrometerMetricsAutoConfiguration;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Everything below this package, put together. The database is there and migrated before this begins. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {FlywayAutoConfiguration.class, MicrometerMetricsAutoConfiguration.class},
        nameGenerator = Parts.NameByModule.class)
class Parts {
    /** Features have the same names in every module, so a bean is named by its class with its package. */
    static final class NameByModule extends FullyQualifiedAnnotationBeanNameGenerator {
        @Override
        public String generateBeanName(BeanDefinition definition, BeanDefinitionRegistry registry) {
            String name = super.generateBeanName(definition, registry);
            // Axon names a repository after its aggregate's bean: accountRepository.
            boolean deciding = name.startsWith("io.tollbook.command.");
            return deciding ? shortName(name) : name;
        }

        private static String shortName(String name) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
        }
    }
}
