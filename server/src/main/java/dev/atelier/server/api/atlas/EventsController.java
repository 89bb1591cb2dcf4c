package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Origins;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One stream for everything that a key has ordered: a browser opens six connections to a host at most. */
@RestController
@Tag(name = "Predictions")
class EventsController {
    private final KeyEventStream events;
    private final Origins origins;

    EventsController(KeyEventStream events, Origins origins) {
        this.events = events;
        this.origins = origins;
    }

    @GetMapping({"/api/v1/events", "/api/v1/events/"})
    @Operation(
            summary = "Server-sent events of all predictions of this key, without an end",
            description = "`submitted` and `done` carry a prediction with its `input`; `progress` its `id`, `phase`"
                    + " (waiting, preparing, drawing, refining, decoding, making), `place` in the queue, `image`"
                    + " of `images`, `step` of `steps`, `seconds_left`, `preview`; `output` a picture with its"
                    + " prediction's `id`; `deleted` an `id`. Whoever comes back with `Last-Event-ID` hears what"
                    + " has come and ended since, the last ten seconds before it again; `gap` says that it is more"
                    + " than 500 ends: read the list.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    ResponseEntity<SseEmitter> events(
            @RequestHeader(name = "Last-Event-ID", required = false) String last,
            ApiKey key,
            HttpServletRequest request) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                // Proxies would keep events back until a buffer is full.
                .header("X-Accel-Buffering", "no")
                .body(events.open(key, EventPosition.parse(last), origins.of(request)));
    }
}
