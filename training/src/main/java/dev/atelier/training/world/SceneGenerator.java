package dev.atelier.training.world;

import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Family;
import dev.atelier.training.world.scene.Landscape;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Setting;
import dev.atelier.training.world.scene.Side;
import dev.atelier.training.world.scene.Style;
import dev.atelier.training.world.scene.Subject;
import java.util.List;

/** Draws scenes at random, family by family, leaving out what the configuration holds out. */
final class SceneGenerator {
    private static final int ATTEMPTS = 10_000;

    private final WorldConfig config;
    private final Choice choice;

    SceneGenerator(WorldConfig config) {
        this.config = config;
        this.choice = new Choice(config);
    }

    Scene scene(long seed) {
        return scene(Dice.of(seed, "scene"));
    }

    Scene scene(Dice dice) {
        return scene(dice, dice.weighted(config.families()));
    }

    /** A scene of {@code family}, whatever its frequency. */
    Scene scene(Dice dice, Family family) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scene scene = any(dice, family);
            if (config.heldOut().stream().noneMatch(combination -> combination.isIn(scene))) {
                return scene;
            }
        }
        throw new IllegalStateException("heldOut: leaves nothing of " + family + " in " + ATTEMPTS + " attempts");
    }

    Scene heldOut(long seed) {
        Dice dice = Dice.of(seed, "held out");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scene scene = any(dice, dice.weighted(config.families()));
            if (config.heldOut().stream().anyMatch(combination -> combination.isIn(scene))) {
                return scene;
            }
        }
        throw new IllegalStateException("heldOut: no combination came up in " + ATTEMPTS + " attempts");
    }

    Choice choice() {
        return choice;
    }

    private Scene any(Dice dice, Family family) {
        long detail = dice.nextLong();
        Style style = dice.weighted(config.styles());
        return switch (family) {
            case LANDSCAPE -> {
                Landscape landscape = choice.landscape(dice);
                yield new Scene(detail, style, landscape, choice.landmark(dice, landscape));
            }
            case PRODUCT -> products(dice, detail, style);
            default -> throw new IllegalStateException(family + " is not drawn yet");
        };
    }

    private Scene products(Dice dice, long detail, Style style) {
        int count = 1 + dice.below(config.maxThings());
        List<Side> sides = switch (count) {
            case 1 -> List.of(Side.CENTRE);
            case 2 -> List.of(Side.LEFT, Side.RIGHT);
            default -> List.of(Side.values());
        };
        List<Subject> things = choice.things(dice, sides);
        Setting studio = choice.studio(dice, things);
        return new Scene(detail, style, studio, things);
    }
}
