package io.tollbook.relay;

import io.tollbook.relay.call.ChatCalls;
import io.tollbook.relay.models.ModelLists;
import io.tollbook.relay.upstream.DemoProvider;
import io.tollbook.relay.upstream.DemoServlet;
import jakarta.servlet.Servlet;
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
    private static final String PATH = "/v1";

    /** A web application of its own beside Spring's, so that a call passes none of the console's filters. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> relay(ChatCalls chats, ModelLists models) {
        RelayServlet servlet = new RelayServlet(chats, models);
        return factory ->
                factory.addContextCustomizers(console -> console.getParent().addChild(application(console, servlet)));
    }

    private static Container application(Context console, Servlet servlet) {
        StandardContext application = new StandardContext();
        application.setName(PATH);
        application.setPath(PATH);
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
