package dev.atelier.server.catalog;

import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every name that requests may give, in the order of the catalog file. */
public final class Catalog {
    /** As a setting: the first model. */
    private static final String DEFAULT = "default";

    private final Map<String, ModelEntry> models = new LinkedHashMap<>();
    private final Map<String, Listing> listings = new LinkedHashMap<>();
    private final Map<String, Listing> lowerCase = new HashMap<>();
    private final List<NamePattern> patterns = new ArrayList<>();
    private final String ofOthers;

    /** Models that aliases were given since, by the alias. */
    private volatile Map<String, ModelEntry> moved = Map.of();

    /**
     * @param ofOthers what serves names that are not in the catalog: {@code default} for its first model, or a model's id; empty: nothing
     * @throws IllegalArgumentException naming what is wrong in the file
     */
    Catalog(CatalogFile file, String ofOthers) {
        for (ModelEntry model : file.models()) {
            if (models.put(model.id(), model) != null) {
                throw new IllegalArgumentException("models: id '" + model.id() + "' is there twice");
            }
            add(new Listing(model.id(), Listing.Variant.ANY, model, model.about(), true));
        }
        for (CatalogFile.Alias alias : file.aliases()) {
            ModelEntry model = models.get(alias.model());
            if (model == null) {
                throw new IllegalArgumentException("aliases: '" + alias.id() + "' points at '" + alias.model()
                        + "', which is none of the models " + models.keySet());
            }
            add(new Listing(alias.id(), alias.variant(), model, alias.about(), true));
        }
        for (CatalogFile.Names names : file.patterns()) {
            ModelEntry model = models.get(names.model());
            if (model == null) {
                throw new IllegalArgumentException("patterns: '" + names.names() + "' point at '" + names.model()
                        + "', which is none of the models " + models.keySet());
            }
            names.names().forEach(glob -> patterns.add(new NamePattern(glob, names.variant(), model, names.about())));
        }
        this.ofOthers = ofOthers.equals(DEFAULT) ? first().name() : ofOthers;
        if (!ofOthers.isEmpty() && !models.containsKey(this.ofOthers)) {
            throw new IllegalArgumentException("atelier.unknown-model: '" + ofOthers + "' is neither " + DEFAULT
                    + " nor one of the models " + models.keySet());
        }
    }

    private void add(Listing listing) {
        if (listings.put(listing.name(), listing) != null) {
            throw new IllegalArgumentException("the name '" + listing.name() + "' is there twice");
        }
        lowerCase.putIfAbsent(listing.name().toLowerCase(Locale.ROOT), listing);
        List<String> shown =
                listings.values().stream().map(l -> l.about().displayName()).toList();
        if (shown.size() != shown.stream().distinct().count()) {
            throw new IllegalArgumentException("displayName: '"
                    + listing.about().displayName() + "' is there twice; clients tell models apart by it");
        }
    }

    public Collection<Listing> listings() {
        return listings.values().stream().map(this::asMoved).toList();
    }

    /**
     * Lets other models stand behind aliases than the catalog file says; aliases that are not named have the file's again.
     *
     * @param models ids by alias; what this catalog does not have is passed over
     */
    public void move(Map<String, String> models) {
        Map<String, ModelEntry> known = new HashMap<>();
        models.forEach((alias, id) -> {
            ModelEntry model = this.models.get(id);
            if (model != null && listings.containsKey(alias)) {
                known.put(alias, model);
            }
        });
        moved = Map.copyOf(known);
    }

    private Listing asMoved(Listing listing) {
        ModelEntry model = moved.get(listing.name());
        return model == null || model.equals(listing.model())
                ? listing
                : new Listing(
                        listing.name(),
                        listing.variant(),
                        model,
                        CatalogFile.told(listing.about(), model, listing.model()),
                        listing.known());
    }

    public Collection<ModelEntry> models() {
        return List.copyOf(models.values());
    }

    /** What a request asks for that names no model. */
    public Listing first() {
        return listings.values().iterator().next();
    }

    /** A listed name, in any letter case; one of a pattern; or any other, where the settings say which model serves those. */
    public Optional<Listing> find(String name) {
        Listing listed = listings.getOrDefault(name, lowerCase.get(name.toLowerCase(Locale.ROOT)));
        if (listed != null) {
            return Optional.of(asMoved(listed));
        }
        return patterns.stream()
                .filter(pattern -> pattern.matches(name))
                .findFirst()
                .map(pattern -> pattern.listing(name))
                .or(() -> ofOther(name));
    }

    private Optional<Listing> ofOther(String name) {
        return Optional.ofNullable(models.get(ofOthers))
                .filter(_ -> NamePattern.isName(name))
                .map(model -> new Listing(name, Listing.Variant.ANY, model, model.about(), false));
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
