package io.tollbook.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Marks every 503 whose connection may stay open; see {@link LeanHttp11}. */
final class KeptConnections extends ValveBase {
    KeptConnections() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        // Not yet sent: whoever wants this lets Tomcat find out the length at the end.
        if (response.getStatus() == 503 && !response.isCommitted())
            response.getCoyoteResponse().setStatus(LeanHttp11.KEPT_503);
    }
}
