package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.ModelView;
import dev.atelier.server.api.Origins;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ListingSchema;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalog as clients list it. Readable without a key. */
@RestController
@Tag(name = "Models")
class ModelsController {
    private static final MediaType MARKDOWN = new MediaType("text", "markdown", StandardCharsets.UTF_8);

    private final Catalog catalog;
    private final Origins origins;
    private final ListingDocument documents = new ListingDocument();

    ModelsController(Catalog catalog, Origins origins) {
        this.catalog = catalog;
        this.origins = origins;
    }

    @GetMapping({"/api/v1/models", "/api/v1/models/"})
    @Operation(summary = "The models that can be asked for, and the names they go by")
    ResponseEntity<Answer<List<ModelView>>> list(HttpServletRequest request) {
        String origin = origins.of(request).toString();
        return AtlasJson.answer(
                catalog.listings().stream().map(l -> entry(l, origin)).toList());
    }

    @GetMapping("/api/v1/models/schema")
    @Operation(summary = "The fields that a model accepts, as an OpenAPI document")
    ResponseEntity<Object> schema(@RequestParam String model, HttpServletRequest request) {
        return AtlasJson.ok(documents.of(catalog.get(model), origins.of(request).toString()));
    }

    @GetMapping("/api/v1/models/readme")
    @Operation(summary = "What a model is, in Markdown")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/markdown", schema = @Schema(type = "string")))
    ResponseEntity<Object> readme(@RequestParam String model, HttpServletRequest request) {
        return ResponseEntity.ok()
                .contentType(MARKDOWN)
                .body(readme(catalog.get(model), origins.of(request).toString()));
    }

    static ModelView entry(Listing listing, String origin) {
        String query = "?model=" + URLEncoder.encode(listing.name(), StandardCharsets.UTF_8);
        return new ModelView(
                listing.uuid().toString(),
                listing.name(),
                "Image",
                listing.about().displayName(),
                listing.about().profile(),
                origin + "/atelier.svg",
                origin + "/api/v1/models/readme" + query,
                origin + "/api/v1/models/schema" + query,
                listing.about().tags(),
                listing.about().organization(),
                listing.about().categories(),
                ModelView.Price.FREE,
                true,
                listing.model().id());
    }

    static String readme(Listing listing, String origin) {
        List<String> fields = ListingSchema.of(listing).names();
        return """
                # %s

                %s

                - Name in requests: `%s`
                - Served by: `%s` on this machine
                - Fields: %s

                ```
                curl -s %s/api/v1/model/generateImage -H 'Content-Type: application/json' \\
                  -d '{"model": "%s", "prompt": "A lighthouse on a hill at dusk"}'
                ```
                """.formatted(
                listing.about().displayName(),
                listing.about().profile(),
                listing.name(),
                listing.model().id(),
                String.join(", ", fields.stream().map(f -> "`" + f + "`").toList()),
                origin,
                listing.name());
    }
}
