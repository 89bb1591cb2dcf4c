package dev.atelier.server.error;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection of a request line without a version ({@code GET /}, HTTP/0.9): its answer would have neither status nor headers,
 * so no client could tell an error from a page, and nothing of what keeps browsers safe would reach them.
 */
final class OldHttpValve extends ValveBase {
    OldHttpValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String version = request.getProtocol();
        // Of a line with a version that is none Tomcat keeps no version at all, and refuses it by itself.
        if (version != null && version.isEmpty()) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
            return;
        }
        getNext().invoke(request, response);
    }
}
