package dev.atelier.server.catalog;

import dev.atelier.studio.GlyphSetting;
import java.util.List;

/** The catalog as its YAML file writes it. */
record CatalogFile(List<ModelEntry> models, List<Alias> aliases, List<Names> patterns) {
    /**
     * Names that requests may give and that no list shows, because there are too many of them.
     *
     * @param names with {@code *} for any characters but a slash
     */
    record Names(List<String> names, String model, Listing.Variant variant, ModelEntry.About about) {
        Names {
            names = names == null ? List.of() : List.copyOf(names);
        }
    }

    /** Another name for a model. */
    record Alias(String id, String model, Listing.Variant variant, ModelEntry.About about) {
        /** An alias says openly which model serves it, in its display name and in its profile. */
        private Alias servedBy(ModelEntry other, ModelEntry before) {
            return new Alias(id, other.id(), variant, told(about, other, before));
        }
    }

    CatalogFile {
        models = models == null ? List.of() : List.copyOf(models);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: none; at least one is needed");
        }
    }

    /** The same names, with {@code model} behind all of them instead of the one model that this catalog has. */
    CatalogFile servedBy(ModelEntry model) {
        ModelEntry before = models.getFirst();
        return new CatalogFile(
                List.of(model),
                aliases.stream().map(alias -> alias.servedBy(model, before)).toList(),
                patterns.stream()
                        .map(p -> new Names(p.names(), model.id(), p.variant(), told(p.about(), model, before)))
                        .toList());
    }

    /** An alias says openly which model serves it. */
    static ModelEntry.About told(ModelEntry.About about, ModelEntry other, ModelEntry before) {
        return new ModelEntry.About(
                about.displayName()
                        .replace(before.about().displayName(), other.about().displayName()),
                about.profile().replace(before.id(), other.id()),
                about.organization(),
                about.tags(),
                about.categories());
    }

    /** The same models with their weights kept otherwise, or elsewhere, and quoted text treated otherwise. */
    CatalogFile on(String precision, String device, GlyphSetting letters) {
        return new CatalogFile(
                models.stream()
                        .map(model -> model.on(precision, device, letters))
                        .toList(),
                aliases,
                patterns);
    }
}
