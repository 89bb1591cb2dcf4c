package dev.atelier.server.catalog;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A name that requests may give, with the model behind it: the model's own id or an alias.
 *
 * @param name as requests give it, such as {@code bytedance/seedream-v4.5/edit}
 * @param variant what the name promises
 * @param about what people read under this name
 * @param known whether the catalog has the name, or a pattern of it, rather than serving whatever it is called
 */
public record Listing(String name, Variant variant, ModelEntry model, ModelEntry.About about, boolean known) {
    /** What a name promises beyond its model. */
    public enum Variant {
        /** Everything that the model does. */
        ANY(false, true),
        TEXT_TO_IMAGE(false, false),
        EDIT(true, false),
        SEQUENTIAL(false, true),
        EDIT_SEQUENTIAL(true, true);

        private final boolean needsImages;
        private final boolean sequential;

        Variant(boolean needsImages, boolean sequential) {
            this.needsImages = needsImages;
            this.sequential = sequential;
        }

        public boolean needsImages() {
            return needsImages;
        }

        /** Whether several pictures of a request belong together. */
        public boolean sequential() {
            return sequential;
        }
    }

    /** The same on every machine and after every restart. */
    public UUID uuid() {
        return UUID.nameUUIDFromBytes(("atelier:model:" + name).getBytes(StandardCharsets.UTF_8));
    }

    public boolean isAlias() {
        return !name.equals(model.id());
    }
}
