package dev.atelier.server.api.mcp;

import dev.atelier.mcp.lane.Lanes;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Origins;
import dev.atelier.server.api.atlas.AtlasDrawing;
import dev.atelier.server.error.ApiException;
import dev.atelier.studio.AtelierVersion;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /mcp}: any key may connect; each tool decides what it may do. The protocol describes itself, so the API's document does not. */
@RestController
@Hidden
class McpController {
    private static final Logger log = LoggerFactory.getLogger(McpController.class);

    private final McpEndpoint endpoint = new McpEndpoint(new Lanes(AtelierVersion.text()));
    private final AtlasDrawing drawing;
    private final Origins origins;

    McpController(AtlasDrawing drawing, Origins origins) {
        this.drawing = drawing;
        this.origins = origins;
    }

    @PostMapping("/mcp")
    void post(HttpServletRequest request, HttpServletResponse response, ApiKey key) {
        String type = request.getContentType();
        if (type == null || !type.regionMatches(true, 0, MediaType.APPLICATION_JSON_VALUE, 0, 16)) {
            throw ApiException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "application/json is needed");
        }
        Caller caller =
                new Caller(drawing.of(key, origins.of(request)), key.scopes().contains(ApiKey.Scope.GENERATE), false);
        try {
            endpoint.post(request, response, caller, key.id());
        } catch (IOException e) {
            log.debug("an agent went away: {}", e.getMessage());
        }
    }

    /** There is nothing to hear of that was not asked for. */
    @GetMapping("/mcp")
    ResponseEntity<Object> get() {
        return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }

    /** Nothing is kept of a session, so that its end is nothing to do. */
    @DeleteMapping("/mcp")
    ResponseEntity<Object> delete() {
        return ResponseEntity.noContent().build();
    }

    /** Before the web server waits for its last answers. */
    @EventListener
    void closing(ContextClosedEvent event) {
        endpoint.close();
    }
}
