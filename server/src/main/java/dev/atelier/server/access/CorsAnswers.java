package dev.atelier.server.access;

import dev.atelier.server.error.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Decides about pages of other origins, and says to those that are refused what lets them in. */
final class CorsAnswers extends DefaultCorsProcessor {
    private final ErrorWriter errors;

    CorsAnswers(ErrorWriter errors) {
        this.errors = errors;
    }

    @Override
    public boolean processRequest(
            CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean fine = super.processRequest(configuration, request, response);
        if (!fine) {
            errors.write(request, response, HttpStatus.FORBIDDEN, message(request));
        }
        return fine;
    }

    private static String message(HttpServletRequest request) {
        String origin = LoopbackAccess.shortened(request.getHeader(HttpHeaders.ORIGIN));
        return "Origin: '" + origin
                + "' is not among the origins whose pages may use this service, with this method and these"
                + " headers; the setting atelier.access.allowed-origins names them";
    }

    /** What is refused is written with the request's surface in mind. */
    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.FORBIDDEN);
    }
}
