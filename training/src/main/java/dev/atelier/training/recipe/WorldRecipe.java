package dev.atelier.training.recipe;

import dev.atelier.training.dataset.WorldSource;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Style;
import java.util.Map;
import java.util.Set;

/**
 * What the procedural world holds, as {@link WorldConfig} has it; caption forms and held-out combinations are the world's own.
 *
 * @param families relative frequency of each family
 * @param styles relative frequency of each style
 * @param chineseShare share of captions in Chinese, 0 to 1
 * @param maxThings most things on a stage
 */
public record WorldRecipe(Map<Family, Double> families, Map<Style, Double> styles, double chineseShare, int maxThings) {
    public WorldConfig config() {
        WorldConfig base = WorldConfig.simple();
        return new WorldConfig(
                families, styles, base.captionForms(), chineseShare, Set.of(), maxThings, base.heldOut());
    }

    /** Examples of this world. @param seed that all of them follow from */
    public WorldSource examples(long seed) {
        return new WorldSource(World.of(config()), seed);
    }
}
