package dev.atelier.world.caption;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Studio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** English captions. */
final class EnglishGrammar implements Grammar {
    /** Begins words of which there is not one, such as grapes. */
    private static final String NO_ARTICLE = "~";

    private static final Pattern THE = Pattern.compile("^the ");
    private static final Pattern CONSONANT_SOUND = Pattern.compile("(uni|use|eu|one|ewe|UFO)");
    private static final Pattern VOWEL_SOUND = Pattern.compile("(hour|SUV|X-ray|honest)");

    @Override
    public String compose(Speaker speaker, CaptionForm form) {
        if (speaker.scene().family() == Family.THINGS) {
            return new EnglishThings(speaker, form).text();
        }
        List<String> subjects = new EnglishSubjects(speaker, form).phrases();
        return switch (speaker.scene().setting()) {
            case Landscape landscape -> new EnglishLandscape(speaker, form, subjects, landscape).text();
            case Studio _ -> new EnglishInterior(speaker, form, subjects).studio();
            case Room _ -> new EnglishInterior(speaker, form, subjects).room();
            case Sheet sheet -> new EnglishPrint(speaker, form, subjects).sheet(sheet);
            case Chart chart -> new EnglishPrint(speaker, form, subjects).chart(chart);
        };
    }

    /** "a red vase", "an orange mug", "an hourglass", "a unicorn"; nothing before a word marked as taking none. */
    static String article(String noun) {
        if (noun.startsWith(NO_ARTICLE)) {
            return noun.substring(NO_ARTICLE.length());
        }
        boolean vowel = "aeiouAEIO".indexOf(noun.charAt(0)) >= 0;
        boolean an = vowel
                ? !CONSONANT_SOUND.matcher(noun).lookingAt()
                : VOWEL_SOUND.matcher(noun).lookingAt();
        return (an ? "an " : "a ") + noun;
    }

    /** A word without the mark that it takes no article. */
    static String bare(String noun) {
        return noun.startsWith(NO_ARTICLE)
                ? THE.matcher(noun.substring(NO_ARTICLE.length())).replaceFirst("")
                : noun;
    }

    /** "a red apple", "red grapes", "the cute face of a fox". */
    static String phrase(String adjectives, String noun) {
        if (!noun.startsWith(NO_ARTICLE)) {
            return article(adjectives + noun);
        }
        boolean the = THE.matcher(noun.substring(NO_ARTICLE.length())).lookingAt();
        return (the ? "the " : "") + adjectives + bare(noun);
    }

    /** "the forest", "a city", "mountains", "the sea". */
    static String definite(String terrain) {
        return terrain.endsWith("s") && !terrain.endsWith("clouds") ? terrain : "the " + terrain;
    }

    /** "a, b and c". */
    static String list(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }

    static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    static String tags(List<String> tags, Dice dice) {
        List<String> shuffled = new ArrayList<>(tags);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, dice.below(i + 1));
        }
        return String.join(", ", shuffled);
    }

    /** Whether the caption names the style. */
    static boolean saysStyle(Speaker speaker, CaptionForm form) {
        double share = switch (form) {
            case TAGS, SENTENCE -> 0.6;
            case SHORT -> 0.25;
            case FULL -> 0.9;
        };
        return speaker.says(Aspect.STYLE, share);
    }

    /** Whether a word for a style names a manner, "in line art", and not a picture, "an oil painting". */
    static boolean isManner(String style) {
        return style.endsWith("style")
                || style.endsWith("glow")
                || style.endsWith("art")
                || style.endsWith("design")
                || style.equals("paper cut");
    }

    /** "an oil painting of ", "a picture in line art of ". */
    static String styledPicture(String style) {
        return isManner(style) ? "a picture in " + style + " of " : article(style) + " of ";
    }

    /** "at night", "in the early morning". */
    static String at(String time) {
        if (time.equals("day")) {
            return "by day";
        }
        boolean during = time.endsWith("time") || time.startsWith("golden") || time.startsWith("early");
        return during ? "in the " + time : "at " + time;
    }

    /** "on the left", "in the middle". */
    static String where(String side) {
        return (side.equals("left") || side.equals("right") ? "on the " : "in the ") + side;
    }
}
