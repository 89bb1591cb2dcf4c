package dev.atelier.studio;

import dev.atelier.engine.image.Margins;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.prompt.References;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures that a request starts from, as the engine takes them.
 *
 * @param pictures in the request's order; the first one of an outpainting on its larger canvas
 * @param scope what of the first picture may change
 * @param bound whether the first picture's own pixels are the start ({@link References#bound})
 */
public record EditSources(List<Picture> pictures, EditScope scope, boolean bound) {
    /** Of a request made from words alone. */
    public static final EditSources NONE = new EditSources(List.of(), EditScope.FREE, false);

    public EditSources {
        pictures = List.copyOf(pictures);
    }

    /** Has the picture that a field of the request names, such as {@code images[0]}. */
    @FunctionalInterface
    public interface Reader {
        Picture read(String field, String name);
    }

    /**
     * Reads what a request names.
     *
     * @param masks reads a picture as a mask: white where the first one may change
     * @throws IllegalArgumentException when an outpainting's canvas is too large, naming canvas and bound
     * @throws RuntimeException as the readers do
     */
    public static EditSources read(References named, Reader references, Reader masks) {
        List<Picture> pictures = new ArrayList<>();
        for (String name : named.images()) {
            pictures.add(references.read("images[" + pictures.size() + "]", name));
        }
        Picture mask = null;
        if (!named.outpaint().isEmpty()) {
            Margins margins = Margins.parse(named.outpaint());
            mask = margins.mask(pictures.getFirst());
            pictures.set(0, margins.extend(pictures.getFirst()));
        } else if (!named.mask().isEmpty()) {
            mask = masks.read("mask", named.mask());
        }
        return new EditSources(pictures, new EditScope(mask, named.strength()), named.bound());
    }
}
