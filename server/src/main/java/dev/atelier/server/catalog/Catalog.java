package dev.atelier.server.catalog;

import dev.atelier.server.error.ApiException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every name that requests may give, in the order of the catalog file. */
public final class Catalog {
    private final Map<String, ModelEntry> models = new LinkedHashMap<>();
    private final Map<String, Listing> listings = new LinkedHashMap<>();

    /** @throws IllegalArgumentException naming what is wrong in the file */
    Catalog(CatalogFile file) {
        for (ModelEntry model : file.models()) {
            if (models.put(model.id(), model) != null) {
                throw new IllegalArgumentException("models: id '" + model.id() + "' is there twice");
            }
            add(new Listing(model.id(), Listing.Variant.ANY, model, model.about()));
        }
        for (CatalogFile.Alias alias : file.aliases()) {
            ModelEntry model = models.get(alias.model());
            if (model == null) {
                throw new IllegalArgumentException("aliases: '" + alias.id() + "' points at '" + alias.model()
                        + "', which is none of the models " + models.keySet());
            }
            add(new Listing(alias.id(), alias.variant(), model, alias.about()));
        }
    }

    private void add(Listing listing) {
        if (listings.put(listing.name(), listing) != null) {
            throw new IllegalArgumentException("the name '" + listing.name() + "' is there twice");
        }
        List<String> shown =
                listings.values().stream().map(l -> l.about().displayName()).toList();
        if (shown.size() != shown.stream().distinct().count()) {
            throw new IllegalArgumentException("displayName: '"
                    + listing.about().displayName() + "' is there twice; clients tell models apart by it");
        }
    }

    public Collection<Listing> listings() {
        return List.copyOf(listings.values());
    }

    public Collection<ModelEntry> models() {
        return List.copyOf(models.values());
    }

    public Optional<Listing> find(String name) {
        return Optional.ofNullable(listings.get(name));
    }

    /** @throws ApiException 404 listing the names there are */
    public Listing get(String name) {
        return find(name)
                .orElseThrow(() -> ApiException.notFound("model: '" + shortened(name)
                        + "' is not in the catalog; there are " + String.join(", ", listings.keySet())));
    }

    /** @throws IllegalArgumentException when there is no model of this id */
    public ModelEntry model(String id) {
        ModelEntry model = models.get(id);
        if (model == null) {
            throw new IllegalArgumentException("model '" + id + "' is no longer in the catalog");
        }
        return model;
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
