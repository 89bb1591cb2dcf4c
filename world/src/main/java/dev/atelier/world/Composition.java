package dev.atelier.world;

import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Scene;
import java.util.List;

/**
 * Pictures to take parts from, the instruction that says which, and the picture that follows.
 *
 * @param references two or three, in the order in which the instruction counts them, from one
 */
public record Composition(List<Scene> references, Scene target, String instruction, Language language) {
    public Composition {
        references = List.copyOf(references);
    }
}
