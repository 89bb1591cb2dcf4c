package dev.atelier.world;

import dev.atelier.world.caption.Instructions;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Season;
import dev.atelier.world.scene.Setting;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits of the place, the hour or the manner of a picture. */
record PlaceEdits(SceneGenerator scenes, Instructions words, Dice dice, Scene source) {

    Optional<Change> text() {
        if (!(source.setting() instanceof Sheet sheet)) {
            return Optional.empty();
        }
        return scenes.choice()
                .another(dice, List.of(sheet.word()), Slogan.values())
                .map(sheet::withWord)
                .flatMap(changed -> to(changed, words.text(sheet.letters(), changed.letters())));
    }

    Optional<Change> background() {
        if (!source.style().colours()) {
            return Optional.empty();
        }
        return switch (source.setting()) {
            case Studio studio -> {
                Hue hue = hue(studio.backdrop());
                yield to(studio.withBackdrop(hue), words.background(hue));
            }
            case Room room -> {
                Hue hue = hue(room.wall());
                yield to(room.withWall(hue), words.walls(hue));
            }
            case Sheet sheet -> {
                Hue hue = hue(sheet.ground());
                yield InteriorChoice.readable(source.style(), sheet.ink(), hue)
                        ? to(sheet.withGround(hue), words.ground(sheet.medium(), hue))
                        : Optional.empty();
            }
            case Landscape _ -> {
                Landscape other = scenes.landscapes().standing(dice, source.style());
                boolean figure = switch (source.family()) {
                    case CHARACTER, ANIMAL -> true;
                    case THINGS -> source.subjects().stream().allMatch(PlaceEdits::stands);
                    default -> false;
                };
                yield figure ? to(other, words.place(other.terrain(), other.time())) : Optional.empty();
            }
            case Chart _ -> Optional.empty();
        };
    }

    /** Whether a subject is on the ground, so that it goes with any landscape that has one. */
    private static boolean stands(Subject subject) {
        return !(subject instanceof Drawing drawing)
                || drawing.kind().footing() == Footing.LAND
                || drawing.kind().footing() == Footing.TABLE;
    }

    Optional<Change> time() {
        return switch (source.setting()) {
            case Landscape landscape -> {
                Time[] times = LandscapeChoice.times(source.style());
                yield scenes.choice()
                        .another(dice, List.of(landscape.time()), times)
                        .flatMap(time -> to(landscape.withTime(time), words.time(time)));
            }
            case Room room -> {
                yield scenes.choice()
                        .another(dice, List.of(room.window()), Time.values())
                        .flatMap(time -> to(room.withWindow(time), words.window(time)));
            }
            case Studio _, Sheet _, Chart _ -> Optional.empty();
        };
    }

    Optional<Change> weather() {
        if (!(source.setting() instanceof Landscape landscape)) {
            return Optional.empty();
        }
        Weather weather = scenes.landscapes().weather(dice, source.style(), landscape.terrain(), landscape.season());
        return weather == landscape.weather()
                ? Optional.empty()
                : to(landscape.withWeather(weather), words.weather(weather));
    }

    Optional<Change> season() {
        if (!(source.setting() instanceof Landscape landscape) || !landscape.showsSeason()) {
            return Optional.empty();
        }
        boolean falling = landscape.weather() == Weather.SNOWFALL || landscape.weather() == Weather.RAIN;
        return falling
                ? Optional.empty()
                : scenes.choice()
                        .another(dice, List.of(landscape.season()), Season.values())
                        .flatMap(season -> to(landscape.withSeason(season), words.season(season)));
    }

    Optional<Change> style() {
        List<Style> styles = scenes.config().styles().entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && entry.getKey() != source.style())
                .map(Map.Entry::getKey)
                .toList();
        if (styles.isEmpty()) {
            return Optional.empty();
        }
        Style style = dice.pick(styles);
        return Optional.of(new Change(source, source.withStyle(style), words.style(style)));
    }

    private Hue hue(Hue now) {
        List<Hue> taken = new ArrayList<>(List.of(now, Hue.BLACK));
        source.subjects().forEach(subject -> taken.addAll(SceneGenerator.coloursOf(subject)));
        return scenes.choice().other(dice, taken, Hue.values());
    }

    private Optional<Change> to(Setting setting, String instruction) {
        return Optional.of(new Change(source, source.withSetting(setting), instruction));
    }
}
