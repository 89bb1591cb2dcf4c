package dev.atelier.server.api.mcp;

import dev.atelier.server.error.ApiException;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Skills that say how to use this service, where agents look for them. Readable without a key. */
@RestController
@Hidden
class SkillsController {
    private static final String FOLDER = "/.well-known/agent-skills";
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final Skills skills = new Skills();

    @GetMapping(FOLDER + "/index.json")
    ResponseEntity<Object> index() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)))
                .body(skills.index());
    }

    @GetMapping(FOLDER + "/{name}.zip")
    ResponseEntity<byte[]> archive(@PathVariable String name) {
        byte[] archive = skills.archive(name);
        if (archive == null) {
            throw ApiException.notFound("there is no such skill; there are " + String.join(", ", skills.names()));
        }
        return ResponseEntity.ok().contentType(ZIP).body(archive);
    }
}
