package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Landscape;
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
            case Landscape _ -> new EnglishLandscape(speaker, form, subjects).text();
            case Studio _ -> new EnglishStudio(speaker, form, subjects).text();
        };
    }

    /** "a red vase", "an orange mug"; plurals and names of places stay as they are. */
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
        return speaker.has(Aspect.STYLE) && speaker.dice().chance(share);
    }
}
