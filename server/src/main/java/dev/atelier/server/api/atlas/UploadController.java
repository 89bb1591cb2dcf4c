package dev.atelier.server.api.atlas;

import dev.atelier.api.Upload;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.FormPart;
import dev.atelier.server.api.Origins;
import dev.atelier.server.api.Retention;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.media.Uploads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Files that later requests name as references. */
@RestController
@Tag(name = "Files")
class UploadController {
    private static final int MAX_NAME = 200;

    private final Uploads uploads;
    private final MediaStore media;
    private final Origins origins;

    UploadController(Uploads uploads, MediaStore media, Origins origins) {
        this.uploads = uploads;
        this.media = media;
        this.origins = origins;
    }

    @PostMapping({"/api/v1/model/uploadMedia", "/api/v1/model/uploadMedia/"})
    @Operation(summary = "Upload a picture to start from")
    ResponseEntity<Upload.Body> upload(HttpServletRequest request, ApiKey key) {
        FormPart part = FormPart.file(request);
        StoredMedia stored = uploads.store("file", part.content(), key.id(), Retention.files(request, uploads.keep()));
        String url = media.url(stored.id(), StoredMedia.Kind.UPLOAD, origins.of(request))
                .toString();
        return AtlasJson.ok(
                new Upload.Body(new Upload(url, fileName(part, stored), stored.contentType(), stored.bytes())));
    }

    /** The caller's own name for the file, for its eyes only: nothing is stored under it. */
    private static String fileName(FormPart part, StoredMedia stored) {
        String given = part.fileName();
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        String shown = last.length() <= MAX_NAME ? last : last.substring(last.length() - MAX_NAME);
        return shown.isEmpty() ? stored.id() : shown;
    }
}
