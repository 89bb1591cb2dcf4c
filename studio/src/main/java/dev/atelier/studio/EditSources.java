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

    /** Has the pictures that a request names. */
    public interface Reader {
        /** @param index in the request, from 0 */
        Picture picture(int index, String name);

        /** White where the first picture may change. */
        Picture mask(String name);
    }

    /**
     * Reads what a request names.
     *
     * @throws IllegalArgumentException when an outpainting's canvas is too large, naming canvas and bound
     * @throws RuntimeException as {@code reader} does
     */
    public static EditSources read(References named, Reader reader) {
        List<Picture> pictures = new ArrayList<>();
        for (String name : named.images()) {
            pictures.add(reader.picture(pictures.size(), name));
        }
        Picture mask = null;
        if (!named.outpaint().isEmpty()) {
            Margins margins = Margins.parse(named.outpaint());
            mask = margins.mask(pictures.getFirst());
            pictures.set(0, margins.extend(pictures.getFirst()));
        } else if (!named.mask().isEmpty()) {
            mask = reader.mask(named.mask());
        }
        return new EditSources(pictures, new EditScope(mask, named.strength()), named.bound());
    }
}
