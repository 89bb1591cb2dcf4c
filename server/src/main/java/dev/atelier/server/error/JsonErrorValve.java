package dev.atelier.server.error;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON what Tomcat refuses before it reaches any of our code, such as an address that is none. Made by Tomcat. */
public final class JsonErrorValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, Throwable failure) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String path = request.getRequestURI() == null ? "" : request.getRequestURI();
        String message = message(status, request);
        if (status == HttpStatus.NOT_IMPLEMENTED || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED) {
            status = "CONNECT".equals(request.getMethod()) ? HttpStatus.METHOD_NOT_ALLOWED : HttpStatus.BAD_REQUEST;
            response.setStatus(status.value());
        }
        byte[] body = JsonMapper.shared()
                .writeValueAsString(ErrorBodies.of(path, status, "", message))
                .getBytes(StandardCharsets.UTF_8);
        try {
            if (!response.containsHeader("X-Request-ID")) {
                response.setHeader("X-Request-ID", UUID.randomUUID().toString());
            }
            response.setContentType("application/json");
            response.setCharacterEncoding("UTF-8");
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the client went away", e);
        }
    }

    /** What the container does not do is the caller's to ask for otherwise, so it is told with a 4xx and not with 501 or 505. */
    private static String message(HttpStatus status, Request request) {
        return switch (status) {
            case BAD_REQUEST -> "the request is no well-formed HTTP";
            case HTTP_VERSION_NOT_SUPPORTED -> "HTTP version: only HTTP/1.1 and HTTP/1.0 are supported";
            case NOT_IMPLEMENTED ->
                "CONNECT".equals(request.getMethod())
                        ? "CONNECT is not allowed here; this is no proxy"
                        : "Transfer-Encoding: only chunked is supported";
            default -> status.getReasonPhrase();
        };
    }
}
