package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Chart;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Landscape;
import dev.atelier.training.world.scene.Room;
import dev.atelier.training.world.scene.Sheet;
import dev.atelier.training.world.scene.Studio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** English captions. */
final class EnglishGrammar implements Grammar {
    @Override
    public String compose(Speaker speaker, CaptionForm form) {
        List<String> subjects = new EnglishSubjects(speaker, form).phrases();
        return switch (speaker.scene().setting()) {
            case Landscape landscape -> new EnglishLandscape(speaker, form, subjects, landscape).text();
            case Studio _ -> new EnglishInterior(speaker, form, subjects).studio();
            case Room _ -> new EnglishInterior(speaker, form, subjects).room();
            case Sheet sheet -> new EnglishPrint(speaker, form, subjects).sheet(sheet);
            case Chart chart -> new EnglishPrint(speaker, form, subjects).chart(chart);
        };
    }

    /** "a red vase", "an orange mug". */
    static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
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
        return speaker.dice().chance(share);
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
