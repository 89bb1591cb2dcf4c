package dev.atelier.server.catalog;

import java.util.List;

/** The catalog as its YAML file writes it. */
record CatalogFile(List<ModelEntry> models, List<Alias> aliases) {
    /** Another name for a model. */
    record Alias(String id, String model, Listing.Variant variant, ModelEntry.About about) {
        /** An alias says openly which model serves it, in its display name and in its profile. */
        private Alias servedBy(ModelEntry other, ModelEntry before) {
            ModelEntry.About told = new ModelEntry.About(
                    about.displayName()
                            .replace(before.about().displayName(), other.about().displayName()),
                    about.profile().replace(before.id(), other.id()),
                    about.organization(),
                    about.tags(),
                    about.categories());
            return new Alias(id, other.id(), variant, told);
        }
    }

    CatalogFile {
        models = models == null ? List.of() : List.copyOf(models);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: none; at least one is needed");
        }
    }

    /** The same names, with {@code model} behind all of them instead of the one model that this catalog has. */
    CatalogFile servedBy(ModelEntry model) {
        ModelEntry before = models.getFirst();
        return new CatalogFile(
                List.of(model),
                aliases.stream().map(alias -> alias.servedBy(model, before)).toList());
    }

    /** The same models with their weights kept otherwise, or elsewhere. */
    CatalogFile on(String precision, String device) {
        return new CatalogFile(
                models.stream().map(model -> model.on(precision, device)).toList(), aliases);
    }
}
