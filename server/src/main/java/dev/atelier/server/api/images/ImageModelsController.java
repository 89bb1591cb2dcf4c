package dev.atelier.server.api.images;

import dev.atelier.api.images.ModelList;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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
    ModelList models() {
        return new ModelList(
                catalog.listings().stream().map(ImageModelsController::card).toList());
    }

    /** @param id may contain slashes */
    @GetMapping({"/v1/models/{*id}", "/api/v3/models/{*id}"})
    @Operation(summary = "One model")
    ModelList.Card model(@PathVariable String id) {
        return card(catalog.get(id.substring(1)));
    }

    private static ModelList.Card card(Listing listing) {
        return new ModelList.Card(listing.name(), CREATED, listing.model().id());
    }
}
