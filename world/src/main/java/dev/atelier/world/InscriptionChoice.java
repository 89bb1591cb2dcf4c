package dev.atelier.world;

import dev.atelier.world.scene.Carrier;
import dev.atelier.world.scene.Characters;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Material;
import dev.atelier.world.scene.Medium;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Setting;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Size;
import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.ThingKind;
import dev.atelier.world.scene.Typeface;
import dev.atelier.world.scene.UnseenWords;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Letters at random, half of them words, on what carries them. {@link UnseenWords} never come up. */
final class InscriptionChoice {
    private static final int ATTEMPTS = 200;
    private static final int LONGEST = 10;
    private static final double WORDS = 0.5;
    private static final double TWO = 0.15;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final Map<Carrier, Double> CARRIERS = new TreeMap<>(Map.of(
            Carrier.POSTER, 3.0,
            Carrier.TITLE, 2.5,
            Carrier.SIGN, 1.0,
            Carrier.LABEL, 1.0,
            Carrier.MUG, 1.0,
            Carrier.SHOP_FRONT, 1.0,
            Carrier.SCREEN, 1.0));

    /** What there are words for: those of slogans and of nouns. */
    private static final List<String> ENGLISH = Stream.concat(
                    Stream.of(Slogan.values()).map(slogan -> slogan.words().english()),
                    Nouns.all().stream().map(noun -> noun.words().english()))
            .flatMap(List::stream)
            .filter(word -> word.length() <= LONGEST && word.chars().allMatch(Character::isLetter))
            .map(word -> word.toUpperCase(Locale.ROOT))
            .distinct()
            .toList();

    private static final List<String> CHINESE = Stream.concat(
                    Stream.of(Slogan.values()).map(slogan -> slogan.words().chinese()),
                    Nouns.all().stream().map(noun -> noun.words().chinese()))
            .flatMap(List::stream)
            .filter(word -> word.length() <= 4 && Characters.print(word))
            .distinct()
            .toList();

    private final SceneGenerator scenes;

    InscriptionChoice(SceneGenerator scenes) {
        this.scenes = scenes;
    }

    Inscription any(Dice dice) {
        Script script = dice.chance(0.6) ? Script.LATIN : Script.CHINESE;
        return on(dice, dice.weighted(CARRIERS), script, letters(dice, script));
    }

    /** @param letters of {@code script}, which a typeface other than the brush can print */
    Inscription on(Dice dice, Carrier carrier, Script script, String letters) {
        Typeface typeface = script == Script.LATIN
                ? dice.pick(Typeface.values())
                : dice.pick(Typeface.SANS, Typeface.SANS, Typeface.SERIF, Typeface.ROUND);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Inscription made = place(dice, carrier, script, typeface, letters);
            if (!scenes.heldOut(made.scene())) {
                return made;
            }
        }
        throw new IllegalStateException("heldOut: leaves nothing of " + carrier + " in " + ATTEMPTS + " attempts");
    }

    private Inscription place(Dice dice, Carrier carrier, Script script, Typeface typeface, String letters) {
        return switch (carrier) {
            case POSTER -> sheet(dice, Medium.POSTER, carrier, script, typeface, letters);
            case SIGN -> sheet(dice, Medium.SIGN, carrier, script, typeface, letters);
            case LABEL -> sheet(dice, Medium.LABEL, carrier, script, typeface, letters);
            case MUG, SHOP_FRONT, SCREEN -> onStage(dice, carrier, script, typeface, letters);
            case TITLE -> title(dice, script, typeface, letters);
        };
    }

    /** Brushwork would blur letters. */
    private Style style(Dice dice) {
        Style style = dice.weighted(scenes.config().styles());
        return style == Style.PAINTERLY ? Style.SOFT : style;
    }

    private Inscription sheet(
            Dice dice, Medium medium, Carrier carrier, Script script, Typeface typeface, String letters) {
        Style style = style(dice);
        long detail = dice.nextLong();
        Sheet chosen = scenes.interiors().sheet(dice, style);
        Sheet sheet = new Sheet(medium, chosen.word(), script, typeface, chosen.ink(), chosen.ground());
        List<Subject> subjects = List.of();
        if (medium == Medium.POSTER && dice.chance(0.6)) {
            subjects = drawn(dice, sheet);
            style = subjects.isEmpty() ? style : scenes.drawings().style(dice);
        }
        Scene scene = new Scene(detail, style, sheet, subjects);
        if (!scenes.suits(scene)) {
            scene = scene.withSubjects(List.of()).withStyle(Style.SOFT);
        }
        return new Inscription(carrier, letters, script, typeface, sheet.ink(), sheet.ground(), scene);
    }

    /** A thing of another colour than the sheet, or none. */
    private List<Subject> drawn(Dice dice, Sheet sheet) {
        Scene scene = scenes.scene(dice, dice.chance(0.7) ? Family.THINGS : Family.PRODUCT);
        Subject first = scene.subjects().getFirst();
        boolean lost = SceneGenerator.coloursOf(first).contains(sheet.ground());
        return lost ? List.of() : List.of(first.at(Side.CENTRE));
    }

    private Inscription onStage(Dice dice, Carrier carrier, Script script, Typeface typeface, String letters) {
        Style style = style(dice);
        long detail = dice.nextLong();
        Choice choice = scenes.choice();
        Hue ground = carrier == Carrier.MUG
                ? choice.hue(dice, style, List.of())
                : choice.other(dice, List.of(Hue.GREY, Hue.BROWN), Hue.values());
        Hue ink = scenes.interiors().ink(dice, style, ground);
        Studio studio = scenes.interiors().studio(dice, List.of(ground));
        List<Subject> subjects = carrier == Carrier.MUG
                ? List.of(new Thing(
                        ThingKind.MUG,
                        ground,
                        choice.of(dice, Material.MATTE, Material.GLOSSY),
                        Size.MEDIUM,
                        Side.CENTRE))
                : List.of();
        Setting setting = carrier == Carrier.SCREEN
                ? new Studio(dice.chance(0.6) ? Stage.TABLE : Stage.FLOOR, studio.backdrop())
                : studio;
        return new Inscription(
                carrier, letters, script, typeface, ink, ground, new Scene(detail, style, setting, subjects));
    }

    private Inscription title(Dice dice, Script script, Typeface typeface, String letters) {
        Scene scene = scenes.scene(dice);
        while (scene.family() == Family.POSTER || scene.family() == Family.DIAGRAM) {
            scene = scenes.scene(dice, dice.chance(0.5) ? Family.THINGS : Family.LANDSCAPE);
        }
        if (scene.style() == Style.PAINTERLY) {
            scene = scene.withStyle(Style.SOFT);
        }
        Hue ink = dice.pick(Hue.WHITE, Hue.WHITE, Hue.BLACK, Hue.YELLOW, Hue.RED, Hue.BLUE);
        Hue rim = ink == Hue.WHITE || ink == Hue.YELLOW ? Hue.BLACK : Hue.WHITE;
        return new Inscription(Carrier.TITLE, letters, script, typeface, ink, rim, scene);
    }

    private static String letters(Dice dice, Script script) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String letters = script == Script.LATIN ? latin(dice) : chinese(dice);
            if (!UnseenWords.contains(letters)) {
                return letters;
            }
        }
        throw new IllegalStateException("letters: nothing but unseen words in " + ATTEMPTS + " attempts");
    }

    private static String latin(Dice dice) {
        boolean two = dice.chance(TWO);
        String letters = two ? latinWord(dice, 6) + " " + latinWord(dice, 6) : latinWord(dice, LONGEST);
        double chance = dice.unit();
        if (chance < 0.6) {
            return letters;
        }
        String lower = letters.toLowerCase(Locale.ROOT);
        return chance < 0.85 ? letters.charAt(0) + lower.substring(1) : lower;
    }

    private static String latinWord(Dice dice, int longest) {
        if (dice.chance(WORDS)) {
            String word = dice.pick(ENGLISH);
            if (word.length() <= longest) {
                return word;
            }
        }
        int length = 2 + dice.below(longest - 2);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(ALPHABET.charAt(dice.below(ALPHABET.length())));
        }
        return letters.toString();
    }

    private static String chinese(Dice dice) {
        if (dice.chance(WORDS)) {
            return dice.pick(CHINESE);
        }
        int length = 1 + dice.below(4);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(dice.pick(Characters.all()));
        }
        return letters.toString();
    }
}
