package io.tollbook.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A 503 tells its client to come again, on the connection it has. */
class LeanHttp11Test {
    @TempDir
    Path folder;

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector(LeanHttp11.class.getName());

    /** Answers with the status that stands in the path. */
    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            response.setStatus(Integer.parseInt(request.getRequestURI().substring(1)));
            response.getOutputStream().write(body);
        }
    }

    @BeforeEach
    void start() throws Exception {
        tomcat.setBaseDir(folder.toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.getEngine().getPipeline().addValve(new KeptConnections());
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "answering", new Answering());
        context.addServletMappingDecoded("/*", "answering");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void keepsTheConnectionOfA503() throws Exception {
        try (Socket socket = connect()) {
            for (int times = 0; times < 3; times++) {
                List<String> head = ask(socket, "/503");
                assertThat(head.getFirst()).startsWith("HTTP/1.1 503");
                assertThat(head).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("connection:"));
            }
            assertThat(ask(socket, "/200").getFirst()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void closesTheConnectionOfARequestThatCannotBeTrusted() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "/400")).contains("Connection: close");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static List<String> ask(Socket socket, String path) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
        List<String> head = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) head.add(line);
        assertThat(head).contains("Content-Length: 2");
        char[] body = new char[2];
        assertThat(in.read(body)).isPositive();
        return head;
    }
}
