package dev.atelier.world;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Furniture;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Medium;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Setting;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.Structure;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.Weather;
import java.util.ArrayList;
import java.util.List;

/** Draws scenes at random, family by family, leaving out what the configuration holds out. */
final class SceneGenerator {
    private static final int ATTEMPTS = 10_000;

    private final WorldConfig config;
    private final Choice choice;
    private final LandscapeChoice landscapes;
    private final FigureChoice figures;
    private final InteriorChoice interiors;
    private final ThingChoice drawings;

    SceneGenerator(WorldConfig config) {
        this.config = config;
        this.choice = new Choice(config);
        this.landscapes = new LandscapeChoice(choice);
        this.figures = new FigureChoice(choice);
        this.interiors = new InteriorChoice(choice);
        this.drawings = new ThingChoice(choice, landscapes, interiors, figures);
    }

    WorldConfig config() {
        return config;
    }

    Choice choice() {
        return choice;
    }

    LandscapeChoice landscapes() {
        return landscapes;
    }

    FigureChoice figures() {
        return figures;
    }

    InteriorChoice interiors() {
        return interiors;
    }

    ThingChoice drawings() {
        return drawings;
    }

    Scene scene(Dice dice) {
        return scene(dice, dice.weighted(config.families()));
    }

    /** A scene of {@code family}, whatever its frequency. */
    Scene scene(Dice dice, Family family) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scene scene = any(dice, family, dice.weighted(config.styles()));
            if (!heldOut(scene)) {
                return scene;
            }
        }
        throw new IllegalStateException("heldOut: leaves nothing of " + family + " in " + ATTEMPTS + " attempts");
    }

    Scene heldOut(long seed) {
        Dice dice = Dice.of(seed, "held out");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scene scene = any(dice, dice.weighted(config.families()), dice.weighted(config.styles()));
            if (heldOut(scene)) {
                return scene;
            }
        }
        throw new IllegalStateException("heldOut: no combination came up in " + ATTEMPTS + " attempts");
    }

    boolean heldOut(Scene scene) {
        return config.heldOut().stream().anyMatch(combination -> combination.isIn(scene));
    }

    private Scene any(Dice dice, Family family, Style style) {
        long detail = dice.nextLong();
        return switch (family) {
            case LANDSCAPE -> {
                Landscape landscape = landscapes.any(dice, style);
                yield new Scene(detail, style, landscape, landscapes.landmark(dice, style, landscape));
            }
            case PRODUCT -> products(dice, detail, style);
            case CHARACTER -> {
                Person person = figures.person(dice, style, List.of());
                yield new Scene(detail, style, place(dice, style, person), List.of(person));
            }
            case ANIMAL -> {
                Animal animal = figures.animal(dice, style, List.of());
                yield new Scene(detail, style, place(dice, style, animal), List.of(animal));
            }
            case ROOM -> {
                Room room = interiors.room(dice);
                yield new Scene(detail, style, room, interiors.furniture(dice, style, room));
            }
            case BUILDING -> {
                Landscape landscape = landscapes.standing(dice, style);
                yield new Scene(detail, style, landscape, List.of(landscapes.building(dice, style)));
            }
            case POSTER -> {
                Sheet sheet = interiors.sheet(dice, style);
                yield new Scene(detail, style, sheet, onPoster(dice, style, sheet));
            }
            case THINGS -> drawings.scene(dice, detail, drawings.style(dice));
            case DIAGRAM -> new Scene(detail, style, interiors.chart(dice, style), List.of());
        };
    }

    private Scene products(Dice dice, long detail, Style style) {
        int count = 1 + dice.below(config.maxThings());
        List<Side> sides = switch (count) {
            case 1 -> List.of(Side.CENTRE);
            case 2 -> List.of(Side.LEFT, Side.RIGHT);
            default -> List.of(Side.values());
        };
        List<Subject> things = interiors.things(dice, style, sides);
        Studio studio =
                interiors.studio(dice, things.stream().map(Subject::colour).toList());
        return new Scene(detail, style, studio, things);
    }

    /** A place for a person or an animal in which their colours stand out. */
    Setting place(Dice dice, Style style, Subject subject) {
        if (dice.chance(0.6)) {
            return landscapes.standing(dice, style);
        }
        List<Hue> taken = new ArrayList<>(coloursOf(subject));
        taken.add(Hue.BLACK);
        Studio studio = interiors.studio(dice, taken);
        return new Studio(choice.mostly(dice, 0.7, Stage.FLOOR, Stage.PODIUM), studio.backdrop());
    }

    /** Every colour of a subject that a caption may name. */
    static List<Hue> coloursOf(Subject subject) {
        return switch (subject) {
            case Person person -> List.of(person.colour(), person.look().accent());
            case Animal animal -> List.of(animal.colour(), animal.accent());
            case Structure structure -> List.of(structure.colour(), structure.roof());
            case Drawing drawing -> drawing.colours();
            case Thing _, Furniture _ -> List.of(subject.colour());
        };
    }

    private List<Subject> onPoster(Dice dice, Style style, Sheet sheet) {
        if (sheet.medium() != Medium.POSTER || dice.chance(0.4)) {
            return List.of();
        }
        Subject thing = interiors.things(dice, style, List.of(Side.CENTRE)).getFirst();
        boolean stands = thing.colour() != sheet.ground();
        return stands ? List.of(thing) : List.of();
    }

    private static boolean isDrawn(Subject subject, Style style) {
        return !(subject instanceof Drawing drawing) || drawing.kind().drawnIn(style);
    }

    /** Whether the style and the place can show everything that the scene says. */
    boolean suits(Scene scene) {
        return scene.subjects().stream().allMatch(subject -> isDrawn(subject, scene.style()))
                && scene.subjects().stream()
                        .flatMap(subject -> coloursOf(subject).stream())
                        .allMatch(scene.style()::shows)
                && switch (scene.setting()) {
                    case Landscape landscape ->
                        List.of(LandscapeChoice.times(scene.style())).contains(landscape.time())
                                && (scene.style() != Style.NEON || landscape.weather() != Weather.FOG);
                    case Sheet sheet ->
                        scene.style().shows(sheet.ink())
                                && InteriorChoice.readable(scene.style(), sheet.ink(), sheet.ground());
                    case Chart chart -> chart.hues().stream().allMatch(scene.style()::shows);
                    case Studio _, Room _ -> true;
                };
    }
}
