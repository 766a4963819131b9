package io.tollbook.console;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** What Vaadin must know to serve from Tollbook's jar alone: no development tools, nothing sent to anybody. */
@Configuration(proxyBeanMethods = false)
@EnableVaadin("io.tollbook.console")
@PropertySource("classpath:io/tollbook/console/console.properties")
class ConsoleConfiguration {}
