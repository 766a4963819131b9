package io.tollbook.server;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the web server needs for many connections in little memory. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    /** A connection keeps two buffers, idle or not. Tomcat's 8 KB each would be 128 MB for 8,000 connections. */
    private static final String CONNECTION_BUFFER_BYTES = "4096";

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionBuffers() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", CONNECTION_BUFFER_BYTES);
            connector.setProperty("socket.appWriteBufSize", CONNECTION_BUFFER_BYTES);
        });
    }
}
