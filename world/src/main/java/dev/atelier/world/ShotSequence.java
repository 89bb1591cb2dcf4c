package dev.atelier.world;

import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Subject;
import java.util.List;

/**
 * One subject through several shots.
 *
 * @param constant what is the same in every shot, but for where it stands
 * @param identity the same in words
 * @param prompts one a shot
 */
public record ShotSequence(
        List<Scene> shots, List<Caption> prompts, Subject constant, String identity, Language language) {

    /** @throws IllegalArgumentException when there is not one prompt a shot */
    public ShotSequence {
        if (shots.size() != prompts.size()) {
            throw new IllegalArgumentException("prompts: " + prompts.size() + " for " + shots.size() + " shots");
        }
        shots = List.copyOf(shots);
        prompts = List.copyOf(prompts);
    }
}
