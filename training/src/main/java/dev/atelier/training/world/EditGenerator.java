package dev.atelier.training.world;

import dev.atelier.training.world.caption.Instructions;
import dev.atelier.training.world.caption.Language;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Hue;
import dev.atelier.training.world.scene.Landscape;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Season;
import dev.atelier.training.world.scene.Studio;
import dev.atelier.training.world.scene.Style;
import dev.atelier.training.world.scene.Subject;
import dev.atelier.training.world.scene.Thing;
import dev.atelier.training.world.scene.ThingKind;
import dev.atelier.training.world.scene.Time;
import dev.atelier.training.world.scene.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes one thing about a scene and says which. */
record EditGenerator(WorldConfig config, SceneGenerator scenes) {

    EditPair edit(Dice dice, Language language) {
        Scene source = scenes.scene(dice);
        List<EditKind> kinds = new ArrayList<>(List.of(EditKind.values()));
        while (!kinds.isEmpty()) {
            EditKind kind = kinds.remove(dice.below(kinds.size()));
            Optional<EditPair> pair = change(kind, source, new Instructions(language, dice), dice);
            if (pair.isPresent()) {
                return pair.get();
            }
        }
        throw new IllegalStateException("no edit is possible of " + source);
    }

    private Optional<EditPair> change(EditKind kind, Scene source, Instructions words, Dice dice) {
        return switch (kind) {
            case RECOLOUR -> recolour(source, words, dice);
            case ADD -> swap(remove(source, words, dice, true));
            case REMOVE -> remove(source, words, dice, false);
            case REPLACE -> replace(source, words, dice);
            case MATERIAL -> Optional.empty();
            case BACKGROUND -> background(source, words, dice);
            case TIME -> time(source, words, dice);
            case WEATHER -> weather(source, words, dice);
            case SEASON -> season(source, words, dice);
            case STYLE -> style(source, words, dice);
        };
    }

    private static Optional<EditPair> swap(Optional<EditPair> pair) {
        return pair.map(removed -> new EditPair(
                EditKind.ADD, removed.target(), removed.source(), removed.instruction(), removed.language()));
    }

    private Optional<EditPair> recolour(Scene source, Instructions words, Dice dice) {
        if (source.subjects().isEmpty()) {
            return Optional.empty();
        }
        int index = dice.below(source.subjects().size());
        Subject subject = source.subjects().get(index);
        Hue colour = scenes.choice().other(dice, coloursOf(source), Hue.values());
        Scene target = with(source, index, subject.withColour(colour));
        return pair(EditKind.RECOLOUR, source, target, words.recolour(subject, colour), words);
    }

    private Optional<EditPair> remove(Scene source, Instructions words, Dice dice, boolean backwards) {
        if (source.subjects().isEmpty()) {
            return Optional.empty();
        }
        int index = dice.below(source.subjects().size());
        Subject subject = source.subjects().get(index);
        List<Subject> rest = new ArrayList<>(source.subjects());
        rest.remove(index);
        String instruction = backwards ? words.add(subject) : words.remove(subject);
        return pair(EditKind.REMOVE, source, source.withSubjects(rest), instruction, words);
    }

    private Optional<EditPair> replace(Scene source, Instructions words, Dice dice) {
        if (source.subjects().isEmpty()
                || !(source.subjects().get(dice.below(source.subjects().size())) instanceof Thing thing)) {
            return Optional.empty();
        }
        List<ThingKind> taken = source.subjects().stream()
                .filter(Thing.class::isInstance)
                .map(subject -> ((Thing) subject).kind())
                .toList();
        ThingKind kind = scenes.choice().other(dice, taken, ThingKind.values());
        Thing replacement = new Thing(kind, thing.colour(), thing.material(), thing.size(), thing.side());
        Scene target = with(source, source.subjects().indexOf(thing), replacement);
        return pair(EditKind.REPLACE, source, target, words.replace(thing, replacement), words);
    }

    private Optional<EditPair> background(Scene source, Instructions words, Dice dice) {
        if (!(source.setting() instanceof Studio studio)) {
            return Optional.empty();
        }
        Hue hue = scenes.choice().other(dice, coloursOf(source), Hue.values());
        Scene target = source.withSetting(studio.withBackdrop(hue));
        return pair(EditKind.BACKGROUND, source, target, words.background(hue), words);
    }

    private Optional<EditPair> time(Scene source, Instructions words, Dice dice) {
        if (!(source.setting() instanceof Landscape landscape)) {
            return Optional.empty();
        }
        Time time = scenes.choice().other(dice, List.of(landscape.time()), Time.values());
        return pair(EditKind.TIME, source, source.withSetting(landscape.withTime(time)), words.time(time), words);
    }

    private Optional<EditPair> weather(Scene source, Instructions words, Dice dice) {
        if (!(source.setting() instanceof Landscape landscape)) {
            return Optional.empty();
        }
        Weather weather = scenes.choice().weather(dice, landscape.terrain(), landscape.season());
        return weather == landscape.weather()
                ? Optional.empty()
                : pair(
                        EditKind.WEATHER,
                        source,
                        source.withSetting(landscape.withWeather(weather)),
                        words.weather(weather),
                        words);
    }

    private Optional<EditPair> season(Scene source, Instructions words, Dice dice) {
        if (!(source.setting() instanceof Landscape landscape) || !landscape.showsSeason()) {
            return Optional.empty();
        }
        Season season = scenes.choice().other(dice, List.of(landscape.season()), Season.values());
        Scene target = source.withSetting(landscape.withSeason(season));
        return pair(EditKind.SEASON, source, target, words.season(season), words);
    }

    private Optional<EditPair> style(Scene source, Instructions words, Dice dice) {
        List<Style> styles = config.styles().entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && entry.getKey() != source.style())
                .map(java.util.Map.Entry::getKey)
                .toList();
        if (styles.isEmpty()) {
            return Optional.empty();
        }
        Style style = dice.pick(styles);
        return pair(EditKind.STYLE, source, source.withStyle(style), words.style(style), words);
    }

    private static List<Hue> coloursOf(Scene scene) {
        List<Hue> hues =
                new ArrayList<>(scene.subjects().stream().map(Subject::colour).toList());
        if (scene.setting() instanceof Studio studio) {
            hues.add(studio.backdrop());
        }
        return hues;
    }

    private static Scene with(Scene scene, int index, Subject subject) {
        List<Subject> subjects = new ArrayList<>(scene.subjects());
        subjects.set(index, subject);
        return scene.withSubjects(subjects);
    }

    private Optional<EditPair> pair(EditKind kind, Scene source, Scene target, String instruction, Instructions words) {
        return config.heldOut().stream().anyMatch(combination -> combination.isIn(target))
                ? Optional.empty()
                : Optional.of(new EditPair(kind, source, target, instruction, words.language()));
    }
}
