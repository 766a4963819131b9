package io.tollbook.relay;

import io.tollbook.relay.call.ChatCalls;
import io.tollbook.relay.models.ModelLists;
import io.tollbook.relay.upstream.DemoProvider;
import io.tollbook.relay.upstream.DemoServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the relay's servlets are reached. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {
    @Bean
    ServletRegistrationBean<RelayServlet> relay(ChatCalls chats, ModelLists models) {
        ServletRegistrationBean<RelayServlet> registration =
                new ServletRegistrationBean<>(new RelayServlet(chats, models), "/v1/*");
        registration.setName("relay");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    ServletRegistrationBean<DemoServlet> demo(DemoProvider provider) {
        ServletRegistrationBean<DemoServlet> registration =
                new ServletRegistrationBean<>(new DemoServlet(provider), DemoProvider.PATH + "/*");
        registration.setName("demo-provider");
        return registration;
    }
}
