package io.tollbook.console;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What Vaadin must know to serve from Tollbook's jar alone: no development tools, nothing sent to anybody. */
@Configuration(proxyBeanMethods = false)
@EnableVaadin("io.tollbook.console")
@PropertySource("classpath:io/tollbook/console/console.properties")
class ConsoleConfiguration implements WebMvcConfigurer {
    /** A library's path has its version, so what stands there is the same for ever. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }
}
