package dev.atelier.server.api.mcp;

import dev.atelier.mcp.FakeDrawing;
import dev.atelier.mcp.lane.Lanes;
import dev.atelier.mcp.tool.Caller;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** The endpoint in a web server of its own, with a service that draws at once: everything of {@code /mcp} but keys and the rest of Spring. */
final class EndpointServer implements AutoCloseable {
    final FakeDrawing service = new FakeDrawing();
    final McpEndpoint endpoint = new McpEndpoint(new Lanes("1.2.3"));
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Tomcat tomcat = new Tomcat();

    private final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            endpoint.post(request, response, new Caller(service, true, false), "me");
        }
    }

    EndpointServer(Path folder) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "mcp", new Servlet()).addMapping("/mcp");
        tomcat.getConnector();
        tomcat.start();
    }

    URI origin() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort());
    }

    /** A message with headers beside those that every message has. */
    HttpRequest.Builder message(String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin().resolve("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws LifecycleException {
        http.shutdownNow();
        tomcat.stop();
        tomcat.destroy();
    }
}
