package dev.atelier.training.world.caption;

import static dev.atelier.training.world.caption.EnglishGrammar.article;
import static dev.atelier.training.world.caption.EnglishGrammar.list;
import static dev.atelier.training.world.caption.EnglishGrammar.sentence;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Dice;
import java.util.ArrayList;
import java.util.List;

/** "A glossy red vase on a round podium before a blue background." */
record EnglishStudio(Speaker speaker, CaptionForm form, List<String> subjects) {
    String text() {
        return switch (form) {
            case TAGS -> tags();
            case SHORT -> dice().chance(0.5) ? list(subjects) : list(subjects) + backdrop();
            case SENTENCE -> sentence(opening() + list(subjects) + stage(0.7) + (dice().chance(0.7) ? backdrop() : ""));
            case FULL -> sentence(opening() + list(subjects) + stage(1) + backdrop()) + places();
        };
    }

    private Dice dice() {
        return speaker.dice();
    }

    private String tags() {
        List<String> tags = new ArrayList<>(subjects);
        if (dice().chance(0.5)) {
            tags.add(speaker.say(Aspect.STAGE));
        }
        if (dice().chance(0.6)) {
            tags.add(speaker.say(Aspect.BACKDROP) + " background");
        }
        if (EnglishGrammar.saysStyle(speaker, form)) {
            tags.add(speaker.say(Aspect.STYLE));
        }
        return EnglishGrammar.tags(tags, dice());
    }

    private String opening() {
        if (!EnglishGrammar.saysStyle(speaker, form)) {
            return dice().pick("", "", "a product shot of ", "a picture of ");
        }
        String style = speaker.say(Aspect.STYLE);
        return style.endsWith("style") || style.endsWith("glow")
                ? "a picture in " + style + " of "
                : article(style) + " of ";
    }

    private String stage(double share) {
        if (!dice().chance(share)) {
            return "";
        }
        String stage = speaker.say(Aspect.STAGE);
        return " on " + (stage.endsWith("s") ? stage : article(stage));
    }

    private String backdrop() {
        String colour = article(speaker.say(Aspect.BACKDROP));
        return dice().pick(
                        " on " + colour + " background",
                        " in front of " + colour + " wall",
                        " before " + colour + " background");
    }

    private String places() {
        if (speaker.scene().subjects().size() < 2) {
            return "";
        }
        String left = speaker.say(Subjects.THINGS.getFirst());
        speaker.state(Subjects.SIDES.getFirst());
        return " " + sentence("the " + left + " is on the left");
    }
}
