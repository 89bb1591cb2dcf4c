package dev.atelier.world;

import dev.atelier.world.caption.Instructions;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Setting;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes subjects from some scenes and a place or a style from another. */
record CompositionGenerator(SceneGenerator scenes, Dice dice, Language language) {
    private static final int ATTEMPTS = 1_000;

    Composition composition() {
        List<Supplier<Composition>> ways = new ArrayList<>();
        WorldConfig config = scenes.config();
        if (config.draws(Family.PRODUCT)) {
            ways.add(this::onAnotherStage);
            ways.add(this::together);
        }
        if (config.draws(Family.CHARACTER) || config.draws(Family.ANIMAL)) {
            ways.add(this::inLandscape);
            ways.add(this::inLandscape);
        }
        if (config.draws(Family.ANIMAL) && config.draws(Family.ROOM)) {
            ways.add(this::inRoom);
        }
        if (config.draws(Family.THINGS)) {
            ways.add(this::drawnTogether);
            ways.add(this::drawnElsewhere);
            ways.add(this::drawnElsewhere);
        }
        if (config.styles().values().stream().filter(weight -> weight > 0).count() > 1) {
            ways.add(this::inStyle);
        }
        if (ways.isEmpty()) {
            throw new IllegalStateException("families: " + config.families().keySet() + " leave nothing to compose");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Composition made = dice.pick(ways).get();
            if (!scenes.heldOut(made.target()) && scenes.suits(made.target())) {
                return made;
            }
        }
        throw new IllegalStateException("heldOut: every one of " + ATTEMPTS + " compositions is held out");
    }

    private Instructions words() {
        return new Instructions(language, dice);
    }

    private Style style() {
        return dice.weighted(scenes.config().styles());
    }

    private Scene thing(Style style) {
        Subject thing =
                scenes.interiors().things(dice, style, List.of(Side.CENTRE)).getFirst();
        return new Scene(
                dice.nextLong(), style, scenes.interiors().studio(dice, List.of(thing.colour())), List.of(thing));
    }

    private Scene figure(Style style) {
        boolean person =
                scenes.config().draws(Family.CHARACTER) && (!scenes.config().draws(Family.ANIMAL) || dice.chance(0.6));
        Subject figure = person
                ? scenes.figures().person(dice, style, List.of())
                : scenes.figures().animal(dice, style, List.of());
        Studio studio = scenes.interiors().studio(dice, SceneGenerator.coloursOf(figure));
        return new Scene(dice.nextLong(), style, studio, List.of(figure));
    }

    private Composition onAnotherStage() {
        Style style = style();
        Scene first = thing(style);
        Scene second = thing(style);
        Subject subject = first.subjects().getFirst();
        Scene target = second.withSubjects(List.of(subject));
        boolean same = first.setting().equals(second.setting());
        boolean clash = ((Studio) second.setting()).backdrop() == subject.colour();
        return same || clash ? onAnotherStage() : made(List.of(first, second), target, words().onStage(subject));
    }

    private Composition together() {
        Style style = style();
        List<Subject> things = scenes.interiors().things(dice, style, List.of(Side.LEFT, Side.RIGHT));
        Studio studio = scenes.interiors()
                .studio(
                        dice,
                        List.of(things.getFirst().colour(), things.getLast().colour()));
        List<Scene> references = new ArrayList<>();
        for (Subject thing : things) {
            Studio own = scenes.interiors().studio(dice, List.of(thing.colour()));
            references.add(new Scene(dice.nextLong(), style, own, List.of(thing.at(Side.CENTRE))));
        }
        Scene stage = new Scene(dice.nextLong(), style, studio, List.of());
        if (studio.stage().carriesEach()) {
            return together();
        }
        references.add(stage);
        return made(references, stage.withSubjects(things), words().together(things.getFirst(), things.getLast()));
    }

    private Composition inLandscape() {
        Style style = style();
        Scene first = figure(style);
        Landscape landscape = scenes.landscapes().standing(dice, style);
        Scene second = new Scene(dice.nextLong(), style, landscape, List.of());
        Subject figure = first.subjects().getFirst();
        return made(
                List.of(first, second),
                second.withSubjects(List.of(figure)),
                words().intoPlace(figure, landscape.terrain()));
    }

    private Scene drawn(Style style, Noun noun, Setting setting) {
        Drawing drawing = scenes.drawings().drawing(dice, noun, Side.CENTRE, 3);
        return new Scene(dice.nextLong(), style, setting, List.of(drawing));
    }

    /** What stands in one picture, in the place of another; what flies, in its sky. */
    private Composition drawnElsewhere() {
        Style style = scenes.drawings().style(dice);
        Noun noun = scenes.drawings().noun(dice, style, _ -> true);
        Scene first = drawn(style, noun, scenes.drawings().place(dice, style, noun));
        Setting place = scenes.drawings().place(dice, style, noun);
        if (place instanceof Sheet || first.setting().equals(place) || clash(place, first.subjects())) {
            return drawnElsewhere();
        }
        Scene second = new Scene(dice.nextLong(), style, place, List.of());
        Subject subject = first.subjects().getFirst();
        String instruction = switch (place) {
            case Landscape landscape -> words().intoPlace(subject, landscape.terrain());
            case Room room -> words().intoPlace(subject, room.kind());
            default -> words().onStage(subject);
        };
        return made(List.of(first, second), second.withSubjects(List.of(subject)), instruction);
    }

    private Composition drawnTogether() {
        Style style = scenes.drawings().style(dice);
        Noun left = scenes.drawings().noun(dice, style, noun -> noun.footing() == Footing.TABLE);
        Noun right = scenes.drawings().noun(dice, style, noun -> noun.footing() == Footing.TABLE && !noun.equals(left));
        Scene first = drawn(style, left, scenes.drawings().place(dice, style, left));
        Scene second = drawn(style, right, scenes.drawings().place(dice, style, right));
        List<Subject> both = List.of(
                first.subjects().getFirst().at(Side.LEFT),
                second.subjects().getFirst().at(Side.RIGHT));
        Studio studio = scenes.interiors()
                .studio(
                        dice,
                        both.stream()
                                .flatMap(subject -> SceneGenerator.coloursOf(subject).stream())
                                .toList());
        if (studio.stage().carriesEach()) {
            return drawnTogether();
        }
        Scene stage = new Scene(dice.nextLong(), style, studio, List.of());
        return made(
                List.of(first, second, stage),
                stage.withSubjects(both),
                words().together(both.getFirst(), both.getLast()));
    }

    private static boolean clash(Setting place, List<Subject> subjects) {
        return place instanceof Studio studio
                && subjects.stream()
                        .anyMatch(subject -> SceneGenerator.coloursOf(subject).contains(studio.backdrop()));
    }

    private Composition inRoom() {
        Style style = style();
        Animal animal = scenes.figures().animal(dice, style, List.of());
        Setting studio = scenes.interiors().studio(dice, SceneGenerator.coloursOf(animal));
        Scene first = new Scene(dice.nextLong(), style, studio, List.of(animal));
        Room room = scenes.interiors().room(dice);
        Subject main = scenes.interiors().furniture(dice, style, room).stream()
                .filter(piece -> piece.side() == Side.CENTRE)
                .findFirst()
                .orElseThrow();
        Scene second = new Scene(dice.nextLong(), style, room, List.of(main));
        Scene target = second.withSubjects(List.of(main, animal));
        return made(List.of(first, second), target, words().intoPlace(animal, room.kind()));
    }

    private Composition inStyle() {
        Scene first = scenes.scene(dice);
        Scene second = scenes.scene(dice);
        return first.style() == second.style()
                ? inStyle()
                : made(List.of(first, second), first.withStyle(second.style()), words().inStyle());
    }

    private Composition made(List<Scene> references, Scene target, String instruction) {
        return new Composition(references, target, instruction, language);
    }
}
