package dev.atelier.server.api.images;

import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The catalog as OpenAI's clients read it. */
@RestController
@Tag(name = "Images (OpenAI and Ark clients)")
class ImageModelsController {
    /** Clients require a time and nothing depends on it. */
    private static final long CREATED = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    private final Catalog catalog;

    ImageModelsController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping({"/v1/models", "/api/v3/models"})
    @Operation(summary = "The models that can be asked for")
    Map<String, Object> models() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", "list");
        body.put(
                "data",
                catalog.listings().stream().map(ImageModelsController::model).toList());
        return body;
    }

    /** @param id may contain slashes */
    @GetMapping({"/v1/models/{*id}", "/api/v3/models/{*id}"})
    @Operation(summary = "One model")
    Map<String, Object> model(@PathVariable String id) {
        return model(catalog.get(id.substring(1)));
    }

    private static Map<String, Object> model(Listing listing) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", listing.name());
        model.put("object", "model");
        model.put("created", CREATED);
        model.put("owned_by", "atelier");
        model.put("served_by", listing.model().id());
        return model;
    }
}
