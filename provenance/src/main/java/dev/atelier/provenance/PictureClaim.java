package dev.atelier.provenance;

import java.util.List;
import java.util.Optional;

/**
 * What is said of a picture that a model made.
 *
 * @param program that wrote the file, and its version
 * @param model that made the picture
 * @param edited the picture that was changed; empty where the picture is new
 * @param inputs other pictures that the model was given, in order
 */
public record PictureClaim(Software program, Software model, Optional<Ingredient> edited, List<Ingredient> inputs) {
    public PictureClaim {
        inputs = List.copyOf(inputs);
    }

    /** @param version may be empty */
    public record Software(String name, String version) {}

    /**
     * A picture that went into another.
     *
     * @param title to show
     * @param mediaType such as {@code image/png}; may be empty
     */
    public record Ingredient(String title, String mediaType) {}
}
