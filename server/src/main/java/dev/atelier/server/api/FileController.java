package dev.atelier.server.api;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves files to whoever knows their names: a browser that opens an output has no key. Whole or in ranges; a file never
 * changes, so caches may keep it until it expires.
 */
@RestController
@Tag(name = "Files")
@ApiResponse(
        responseCode = "200",
        description = "The file, or a range of it",
        content = @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
class FileController {
    private final MediaStore media;
    private final Clock clock;

    FileController(MediaStore media, Clock clock) {
        this.media = media;
        this.clock = clock;
    }

    @GetMapping("/outputs/{name}")
    @Operation(summary = "A finished picture")
    ResponseEntity<Resource> output(@PathVariable String name) {
        return serve(name, StoredMedia.Kind.OUTPUT);
    }

    @GetMapping("/uploads/{name}")
    @Operation(summary = "An uploaded picture")
    ResponseEntity<Resource> upload(@PathVariable String name) {
        return serve(name, StoredMedia.Kind.UPLOAD);
    }

    private ResponseEntity<Resource> serve(String name, StoredMedia.Kind kind) {
        StoredMedia file = media.find(name)
                .filter(found -> found.kind() == kind)
                .orElseThrow(() -> ApiException.notFound("there is no such file, or it has expired"));
        Optional<URI> direct = media.direct(file);
        if (direct.isPresent()) {
            return ResponseEntity.status(HttpStatus.FOUND)
                    .location(direct.get())
                    .cacheControl(CacheControl.noStore())
                    .build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.contentType()))
                .cacheControl(CacheControl.maxAge(Duration.between(clock.instant(), file.expiresAt()))
                        .cachePublic()
                        .immutable())
                .eTag(file.id())
                .lastModified(file.createdAt())
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                // A picture that is also a page or a script stays a picture.
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(new MediaResource(media, file));
    }

    /** Opened anew for each range, so that Spring may serve several. */
    private static final class MediaResource extends AbstractResource {
        private final MediaStore media;
        private final StoredMedia file;

        MediaResource(MediaStore media, StoredMedia file) {
            this.media = media;
            this.file = file;
        }

        @Override
        public String getDescription() {
            return file.id();
        }

        @Override
        public String getFilename() {
            return file.id();
        }

        @Override
        public long contentLength() {
            return file.bytes();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return media.open(file);
        }
    }
}
