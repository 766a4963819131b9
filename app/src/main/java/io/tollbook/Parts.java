package io.tollbook;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/** Everything below this package, put together. The database is there and migrated before this begins. */
@SpringBootApplication(proxyBeanMethods = false, exclude = FlywayAutoConfiguration.class)
class Parts {}
