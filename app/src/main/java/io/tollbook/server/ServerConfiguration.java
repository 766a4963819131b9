package io.tollbook.server;

import io.tollbook.relay.call.Turnstile;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What the web server needs for many connections in little memory. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    /** A connection keeps two buffers, idle or not. Tomcat's 8 KB each would be 128 MB for 8,000 connections. */
    private static final String CONNECTION_BUFFER_BYTES = "2048";

    @Bean
    Connections connections() {
        return new Connections();
    }

    /** Behind Spring Boot's own, which gives every request a thread at once. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> manyConnections(
            Turnstile requests, Connections connections) {
        return factory -> {
            factory.setProtocol(LeanHttp11.class.getName());
            factory.addEngineValves(new KeptConnections());
            factory.addProtocolHandlerCustomizers(protocol -> {
                protocol.setExecutor(requests);
                if (protocol instanceof AbstractProtocol<?> counted) connections.of(counted);
            });
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("socket.appReadBufSize", CONNECTION_BUFFER_BYTES);
                connector.setProperty("socket.appWriteBufSize", CONNECTION_BUFFER_BYTES);
            });
        };
    }
}
