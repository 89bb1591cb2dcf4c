package dev.atelier.server.catalog;

import java.util.List;

/** The catalog as its YAML file writes it. */
record CatalogFile(List<ModelEntry> models, List<Alias> aliases) {
    /** Another name for a model. */
    record Alias(String id, String model, Listing.Variant variant, ModelEntry.About about) {}

    CatalogFile {
        models = models == null ? List.of() : List.copyOf(models);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: none; at least one is needed");
        }
    }
}
