package dev.atelier.world.caption;

import dev.atelier.world.scene.Fact;
import java.util.Set;

/**
 * A true description of a scene.
 *
 * @param stated the facts that the text names; the scene may have more
 */
public record Caption(String text, Language language, CaptionForm form, Set<Fact> stated) {
    public Caption {
        stated = Set.copyOf(stated);
    }
}
