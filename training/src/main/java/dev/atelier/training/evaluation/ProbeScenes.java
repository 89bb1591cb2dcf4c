package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.EditPair;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Labels;
import dev.atelier.world.scene.Scene;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the probe learns from: scenes of a world with nothing held out, families with many kinds more often than a model sees them,
 * and among them scenes as edits leave them, such as an empty stage.
 */
final class ProbeScenes {
    private static final double EDITED = 0.15;

    private final World world;
    private final long seed;

    /** A rendered scene. @param labels as {@link Labels#of(Scene)} */
    record Labelled(Picture picture, int[] labels) {}

    ProbeScenes(WorldConfig config, long seed) {
        this.world = World.of(config(config));
        this.seed = seed;
    }

    private static WorldConfig config(WorldConfig base) {
        Map<Family, Double> families = new EnumMap<>(Family.class);
        base.families().forEach((family, weight) -> {
            if (weight > 0) {
                families.put(family, variety(family));
            }
        });
        return new WorldConfig(
                families,
                base.styles(),
                base.captionForms(),
                base.chineseShare(),
                base.excluded(),
                base.maxThings(),
                List.of());
    }

    private static double variety(Family family) {
        return switch (family) {
            case THINGS -> 12;
            case PRODUCT -> 5;
            case CHARACTER, ROOM, POSTER -> 3;
            case LANDSCAPE, ANIMAL, DIAGRAM -> 2;
            case BUILDING -> 1.5;
        };
    }

    /** Scene number {@code index}, from 0. */
    Labelled scene(int index) {
        Dice dice = Dice.of(seed + index, "probe");
        long sceneSeed = dice.nextLong();
        Scene scene = dice.chance(EDITED) ? edited(sceneSeed, dice) : world.scene(sceneSeed);
        return new Labelled(SceneRenderer.render(scene, ProbeNetwork.SIDE, ProbeNetwork.SIDE), Labels.of(scene));
    }

    private Scene edited(long sceneSeed, Dice dice) {
        EditPair edit = world.edit(sceneSeed);
        return dice.chance(0.5) ? edit.source() : edit.target();
    }
}
