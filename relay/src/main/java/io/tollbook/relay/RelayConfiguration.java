package io.tollbook.relay;

import io.tollbook.relay.call.PaidCalls;
import io.tollbook.relay.call.TokenCounts;
import io.tollbook.relay.demo.DemoServlet;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.models.ClaudeModelLists;
import io.tollbook.relay.models.GeminiModelLists;
import io.tollbook.relay.models.ModelLists;
import io.tollbook.relay.upstream.DemoProvider;
import jakarta.servlet.Servlet;
import java.util.List;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the relay's servlets are reached. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {
    private static final List<String> PATHS = List.of("/v1", "/v1beta", "/pg");

    /** Web applications of its own beside Spring's, so that a call passes none of the console's filters. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> relay(
            PaidCalls calls,
            Dialects dialects,
            TokenCounts counts,
            ModelLists models,
            ClaudeModelLists claudeModels,
            GeminiModelLists geminiModels) {
        RelayServlet servlet = new RelayServlet(calls, dialects, counts, models, claudeModels, geminiModels);
        return factory -> factory.addContextCustomizers(
                console -> PATHS.forEach(path -> console.getParent().addChild(application(console, path, servlet))));
    }

    private static Container application(Context console, String path, Servlet servlet) {
        StandardContext application = new StandardContext();
        application.setName(path);
        application.setPath(path);
        application.setDocBase(console.getDocBase());
        application.setParentClassLoader(RelayConfiguration.class.getClassLoader());
        application.addLifecycleListener(new Tomcat.FixContextListener());
        Tomcat.addServlet(application, "relay", servlet).setLoadOnStartup(1);
        application.addServletMappingDecoded("/*", "relay");
        return application;
    }

    @Bean
    ServletRegistrationBean<DemoServlet> demo(DemoProvider provider) {
        ServletRegistrationBean<DemoServlet> registration =
                new ServletRegistrationBean<>(new DemoServlet(provider), DemoProvider.PATH + "/*");
        registration.setName("demo-provider");
        return registration;
    }
}
