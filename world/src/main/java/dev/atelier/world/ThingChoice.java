package dev.atelier.world;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Medium;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Setting;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Water;
import dev.atelier.world.scene.Weather;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Drawings of the table of nouns, in places where such things are. */
record ThingChoice(Choice choice, LandscapeChoice landscapes, InteriorChoice interiors, FigureChoice figures) {
    private static final double COMMON = 0.5;
    private static final Set<String> OF_DAY = Set.of("sun", "sun-with-face", "sun-behind-cloud", "rainbow");
    private static final Set<String> OF_NIGHT = Set.of("full-moon", "full-moon-face", "crescent-moon", "fireworks");
    private static final Map<Style, Double> STYLES = Map.of(
            Style.SOFT, 0.42, Style.CARTOON, 0.28, Style.FLAT, 0.22, Style.PAINTERLY, 0.05, Style.PAPER_CUT, 0.03);

    /** A style that drawings go with; the configuration may leave out some, but not all. */
    Style style(Dice dice) {
        EnumMap<Style, Double> weights = new EnumMap<>(Style.class);
        STYLES.forEach((style, weight) -> {
            if (choice.config().styles().getOrDefault(style, 0.0) > 0) {
                weights.put(style, weight);
            }
        });
        if (weights.isEmpty()) {
            throw new IllegalStateException(
                    "styles: " + choice.config().styles().keySet() + " hold none that drawings of things go with, "
                            + STYLES.keySet());
        }
        return dice.weighted(weights);
    }

    Scene scene(Dice dice, long detail, Style style) {
        Noun noun = noun(dice, style, _ -> true);
        Setting setting = place(dice, style, noun);
        int count = setting instanceof Sheet ? 1 : number(dice);
        List<Subject> subjects = subjects(dice, style, setting, noun, count);
        return new Scene(detail, style, cleared(dice, setting, subjects), subjects);
    }

    private int number(Dice dice) {
        int most = choice.config().maxThings();
        double chance = dice.unit();
        return Math.min(most, chance < 0.66 ? 1 : chance < 0.92 ? 2 : 3);
    }

    /** A noun drawn in {@code style}: half of the time one of the common ones. */
    Noun noun(Dice dice, Style style, Predicate<Noun> suits) {
        List<Noun> nouns = dice.chance(COMMON) ? Nouns.common() : Nouns.rare();
        for (int attempt = 0; attempt < 200; attempt++) {
            Noun noun = dice.pick(nouns);
            if (noun.drawnIn(style) && choice.config().allows(noun) && suits.test(noun)) {
                return noun;
            }
        }
        List<Noun> left = Nouns.all().stream()
                .filter(noun -> noun.drawnIn(style) && choice.config().allows(noun) && suits.test(noun))
                .toList();
        return dice.pick(left);
    }

    /** Another that is found in the same places, about as large, if there is one. */
    Optional<Noun> another(Dice dice, Style style, List<Noun> taken, Noun like) {
        Predicate<Noun> alike = noun ->
                noun.footing() == like.footing() && Math.abs(noun.size() - like.size()) <= 1 && !taken.contains(noun);
        List<Noun> pool = dice.chance(COMMON) ? Nouns.common() : Nouns.all();
        List<Noun> left = pool.stream()
                .filter(noun -> noun.drawnIn(style) && choice.config().allows(noun) && alike.test(noun))
                .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(dice.pick(left));
    }

    Drawing drawing(Dice dice, Noun noun, Side side, int most) {
        int count = noun.counted() && noun.size() <= 4 && most > 1 && dice.chance(0.16) ? 2 + dice.below(most - 1) : 1;
        Hue dye = noun.dyeable() && dice.chance(0.3)
                ? choice.other(dice, noun.hue() == null ? List.of() : List.of(noun.hue()), Hue.values())
                : null;
        return new Drawing(noun, dye, count, side);
    }

    private List<Subject> subjects(Dice dice, Style style, Setting setting, Noun first, int count) {
        if (count == 1) {
            boolean aside = (setting instanceof Landscape || setting instanceof Studio) && dice.chance(0.3);
            return List.of(drawing(dice, first, aside ? dice.pick(Side.LEFT, Side.RIGHT) : Side.CENTRE, 5));
        }
        List<Side> sides = count == 2 ? List.of(Side.LEFT, Side.RIGHT) : List.of(Side.values());
        List<Subject> subjects = new ArrayList<>();
        List<Noun> taken = new ArrayList<>(List.of(first));
        int place = dice.below(count);
        for (int i = 0; i < count; i++) {
            if (i == place) {
                subjects.add(drawing(dice, first, sides.get(i), count == 2 ? 3 : 1));
            } else if (i == (place + 1) % count && dice.chance(0.25)) {
                subjects.add(companion(dice, style, setting, sides.get(i)));
            } else {
                Noun noun = noun(dice, style, other -> !taken.contains(other) && belongs(other, setting));
                taken.add(noun);
                subjects.add(drawing(dice, noun, sides.get(i), count == 2 ? 3 : 1));
            }
        }
        return subjects;
    }

    /** Someone or something of the world's own beside a drawing. */
    private Subject companion(Dice dice, Style style, Setting setting, Side side) {
        return switch (setting) {
            case Landscape _, Room _ ->
                dice.chance(0.5)
                        ? figures.person(dice, style, List.of()).at(side)
                        : figures.animal(dice, style, List.of()).at(side);
            default -> interiors.things(dice, style, List.of(side)).getFirst();
        };
    }

    private static boolean belongs(Noun noun, Setting setting) {
        return switch (setting) {
            case Landscape landscape ->
                switch (noun.footing()) {
                    case LAND -> true;
                    case SKY -> !OF_DAY.contains(noun.name()) && !OF_NIGHT.contains(noun.name());
                    case WATER -> hasWater(landscape);
                    case TABLE -> noun.size() >= 3;
                };
            case Room _ -> noun.footing() != Footing.SKY && noun.footing() != Footing.WATER && noun.size() <= 4;
            default -> noun.footing() == Footing.TABLE || noun.footing() == Footing.LAND && noun.size() <= 4;
        };
    }

    private static boolean hasWater(Landscape landscape) {
        return landscape.terrain() == Terrain.COAST || landscape.water() == Water.LAKE;
    }

    /** A place where such a thing may be seen. */
    Setting place(Dice dice, Style style, Noun noun) {
        double chance = dice.unit();
        return switch (noun.footing()) {
            case TABLE -> {
                if (chance < 0.70) {
                    yield studio(dice, Stage.TABLE, Stage.TABLE, Stage.PODIUM, Stage.FLOOR, Stage.BLOCKS);
                }
                yield chance < 0.80
                        ? sheet(dice, style)
                        : chance < 0.88 && noun.size() >= 3 ? interiors.room(dice) : landscapes.standing(dice, style);
            }
            case LAND -> {
                if (chance < 0.60 || noun.size() == 6 && chance < 0.85) {
                    yield landscapes.standing(dice, style);
                }
                yield chance < 0.72 && noun.size() <= 4
                        ? interiors.room(dice)
                        : chance < 0.95 ? studio(dice, Stage.FLOOR, Stage.PODIUM) : sheet(dice, style);
            }
            case SKY -> chance < 0.72 ? sky(dice, style, noun) : studio(dice, Stage.FLOOR);
            case WATER -> chance < 0.72 ? water(dice, style) : studio(dice, Stage.FLOOR, Stage.PODIUM);
        };
    }

    private Landscape sky(Dice dice, Style style, Noun noun) {
        Landscape landscape = landscapes.any(dice, style);
        if (OF_DAY.contains(noun.name())) {
            // The world's own sun would be a second one.
            return landscape.withTime(Time.DAY).withWeather(Weather.FOG);
        }
        return OF_NIGHT.contains(noun.name()) ? landscape.withTime(Time.NIGHT).withWeather(Weather.FOG) : landscape;
    }

    private Landscape water(Dice dice, Style style) {
        for (int attempt = 0; attempt < 100; attempt++) {
            Landscape landscape = landscapes.any(dice, style);
            if (hasWater(landscape)) {
                return landscape;
            }
        }
        return landscapes.standing(dice, style).withWater(Water.LAKE);
    }

    private Studio studio(Dice dice, Stage... stages) {
        return new Studio(choice.of(dice, stages), choice.of(dice, Hue.values()));
    }

    private Setting sheet(Dice dice, Style style) {
        Sheet sheet = interiors.sheet(dice, style);
        return sheet.medium() == Medium.POSTER ? sheet : studio(dice, Stage.FLOOR, Stage.TABLE);
    }

    /** The place with another backdrop where a subject would be lost before it. */
    private Setting cleared(Dice dice, Setting setting, List<Subject> subjects) {
        List<Hue> taken = new ArrayList<>();
        subjects.forEach(subject -> taken.addAll(SceneGenerator.coloursOf(subject)));
        return setting instanceof Studio studio && taken.contains(studio.backdrop())
                ? studio.withBackdrop(choice.other(dice, taken, Hue.values()))
                : setting;
    }
}
