package dev.atelier.training.world;

import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Hue;
import dev.atelier.training.world.scene.Landscape;
import dev.atelier.training.world.scene.Material;
import dev.atelier.training.world.scene.Season;
import dev.atelier.training.world.scene.Side;
import dev.atelier.training.world.scene.Size;
import dev.atelier.training.world.scene.Stage;
import dev.atelier.training.world.scene.Structure;
import dev.atelier.training.world.scene.StructureKind;
import dev.atelier.training.world.scene.Studio;
import dev.atelier.training.world.scene.Subject;
import dev.atelier.training.world.scene.Term;
import dev.atelier.training.world.scene.Terrain;
import dev.atelier.training.world.scene.Thing;
import dev.atelier.training.world.scene.ThingKind;
import dev.atelier.training.world.scene.Time;
import dev.atelier.training.world.scene.Trees;
import dev.atelier.training.world.scene.Water;
import dev.atelier.training.world.scene.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Random parts of scenes that go together: no palms in the mountains, no object in the colour of its backdrop. */
record Choice(WorldConfig config) {

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T extends Term> T of(Dice dice, T... terms) {
        List<T> allowed = Stream.of(terms).filter(config::allows).toList();
        if (allowed.isEmpty()) {
            throw new IllegalStateException("excluded: leaves none of " + List.of(terms));
        }
        return dice.pick(allowed);
    }

    Landscape landscape(Dice dice) {
        Terrain terrain =
                dice.chance(0.4) && config.allows(Terrain.MOUNTAINS) ? Terrain.MOUNTAINS : of(dice, Terrain.values());
        Water water = switch (terrain) {
            case MOUNTAINS, HILLS, FOREST ->
                dice.chance(0.6) ? of(dice, Water.LAKE, Water.LAKE, Water.RIVER) : Water.NONE;
            case CITY -> dice.chance(0.5) ? Water.LAKE : Water.NONE;
            default -> Water.NONE;
        };
        Trees trees = switch (terrain) {
            case MOUNTAINS, HILLS -> of(dice, Trees.NONE, Trees.PINES, Trees.BROADLEAF);
            case FOREST -> of(dice, Trees.PINES, Trees.BROADLEAF);
            case DESERT -> of(dice, Trees.NONE, Trees.CACTI, Trees.PALMS);
            case COAST -> of(dice, Trees.NONE, Trees.PALMS);
            case CITY, CLOUDSCAPE -> Trees.NONE;
        };
        Season season = of(dice, Season.values());
        Time time = of(dice, Time.values());
        Weather weather =
                dice.chance(0.45) && config.allows(Weather.CLEAR) ? Weather.CLEAR : weather(dice, terrain, season);
        boolean shore = switch (terrain) {
            case CLOUDSCAPE -> false;
            case COAST -> trees != Trees.NONE || dice.chance(0.4);
            default -> water == Water.NONE || dice.chance(0.6);
        };
        return new Landscape(
                terrain, water, trees, season, time, weather, new Landscape.Ground(of(dice, Side.values()), shore));
    }

    Weather weather(Dice dice, Terrain terrain, Season season) {
        return switch (terrain) {
            case DESERT, CLOUDSCAPE -> of(dice, Weather.CLEAR, Weather.CLOUDY);
            case MOUNTAINS, HILLS, FOREST ->
                season == Season.WINTER
                        ? of(dice, Weather.CLOUDY, Weather.FOG, Weather.SNOWFALL)
                        : of(dice, Weather.CLOUDY, Weather.FOG, Weather.RAIN);
            case COAST, CITY -> of(dice, Weather.CLOUDY, Weather.FOG, Weather.RAIN);
        };
    }

    /** None or one, of a kind that belongs there. */
    List<Subject> landmark(Dice dice, Landscape landscape) {
        if (dice.chance(0.55)) {
            return List.of();
        }
        List<StructureKind> kinds =
                landmarks(landscape).stream().filter(config::allows).toList();
        if (kinds.isEmpty()) {
            return List.of();
        }
        Side side = landscape.ground().light() == Side.LEFT ? Side.RIGHT : Side.LEFT;
        return List.of(new Structure(dice.pick(kinds), paint(dice), roof(dice), side));
    }

    List<StructureKind> landmarks(Landscape landscape) {
        List<StructureKind> kinds = new ArrayList<>();
        kinds.add(StructureKind.BALLOON);
        if (landscape.water() == Water.LAKE || landscape.terrain() == Terrain.COAST) {
            kinds.add(StructureKind.SAILBOAT);
        }
        if (landscape.ground().shore()) {
            kinds.addAll(
                    switch (landscape.terrain()) {
                        case MOUNTAINS, FOREST -> List.of(StructureKind.CABIN, StructureKind.TENT);
                        case HILLS -> List.of(StructureKind.CABIN, StructureKind.WINDMILL, StructureKind.TENT);
                        case DESERT -> List.of(StructureKind.TENT);
                        case COAST -> List.of(StructureKind.LIGHTHOUSE);
                        case CITY, CLOUDSCAPE -> List.of();
                    });
        }
        return kinds;
    }

    List<Subject> things(Dice dice, List<Side> sides) {
        List<Subject> things = new ArrayList<>();
        List<ThingKind> kinds = new ArrayList<>();
        List<Hue> hues = new ArrayList<>();
        for (Side side : sides) {
            Thing thing = new Thing(
                    other(dice, kinds, ThingKind.values()),
                    other(dice, hues, Hue.values()),
                    of(dice, Material.MATTE, Material.GLOSSY, Material.METAL),
                    Size.MEDIUM,
                    side);
            kinds.add(thing.kind());
            hues.add(thing.colour());
            things.add(thing);
        }
        return things;
    }

    Studio studio(Dice dice, List<Subject> subjects) {
        List<Hue> taken = subjects.stream().map(Subject::colour).toList();
        return new Studio(of(dice, Stage.values()), other(dice, taken, Hue.values()));
    }

    /** An allowed term that is not among {@code taken}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T extends Term> T other(Dice dice, List<T> taken, T... terms) {
        List<T> left = Stream.of(terms)
                .filter(config::allows)
                .filter(term -> !taken.contains(term))
                .toList();
        if (left.isEmpty()) {
            throw new IllegalStateException("excluded: leaves none of " + List.of(terms) + " beside " + taken);
        }
        return dice.pick(left);
    }

    private Hue paint(Dice dice) {
        return of(dice, Hue.RED, Hue.ORANGE, Hue.YELLOW, Hue.WHITE, Hue.BLUE, Hue.PINK, Hue.PURPLE, Hue.TEAL);
    }

    private Hue roof(Dice dice) {
        return of(dice, Hue.RED, Hue.BROWN, Hue.BLUE, Hue.GREY);
    }
}
