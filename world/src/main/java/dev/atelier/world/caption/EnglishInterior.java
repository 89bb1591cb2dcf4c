package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;
import static dev.atelier.world.caption.EnglishGrammar.list;
import static dev.atelier.world.caption.EnglishGrammar.sentence;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Thing;
import java.util.ArrayList;
import java.util.List;

/** What stands on a stage, or in a room. */
record EnglishInterior(Speaker speaker, CaptionForm form, List<String> subjects) {
    private static final String EMPTY = "empty space";

    String studio() {
        return switch (form) {
            case TAGS -> tags();
            case SHORT -> things() + (speaker.says(Aspect.BACKDROP, 0.5) ? backdrop() : "") + styleBehind();
            case SENTENCE ->
                sentence(opening() + things() + stage(0.6) + (speaker.says(Aspect.BACKDROP, 0.7) ? backdrop() : ""));
            case FULL -> sentence(opening() + things() + stage(1) + backdrop()) + places();
        };
    }

    String room() {
        String kind = speaker.say(Aspect.ROOM);
        boolean empty = subjects.isEmpty();
        return switch (form) {
            case TAGS -> {
                List<String> tags = new ArrayList<>(subjects);
                tags.add(kind);
                tagStyle(tags);
                if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, 0.5)) {
                    tags.add(speaker.say(Aspect.BACKDROP) + " walls");
                }
                yield EnglishGrammar.tags(tags, dice());
            }
            case SHORT -> article(kind) + (empty ? "" : " with " + list(subjects)) + styleBehind();
            case SENTENCE ->
                sentence(opening() + article(kind) + (empty ? "" : " with " + list(subjects)) + walls(0.5));
            case FULL ->
                sentence(opening() + article(kind) + (empty ? "" : " with " + list(subjects)) + walls(1)) + window();
        };
    }

    private Dice dice() {
        return speaker.dice();
    }

    private String things() {
        return subjects.isEmpty() ? EMPTY : list(subjects);
    }

    private String tags() {
        List<String> tags = new ArrayList<>(subjects.isEmpty() ? List.of(EMPTY) : subjects);
        if (speaker.has(Aspect.STAGE) && dice().chance(0.4)) {
            tags.add(speaker.say(Aspect.STAGE));
        }
        if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, 0.6)) {
            tags.add(speaker.say(Aspect.BACKDROP) + " background");
        }
        tagStyle(tags);
        return EnglishGrammar.tags(tags, dice());
    }

    private void tagStyle(List<String> tags) {
        if (EnglishGrammar.saysStyle(speaker, form)) {
            tags.add(speaker.say(Aspect.STYLE));
        }
    }

    private String styleBehind() {
        return EnglishGrammar.saysStyle(speaker, form) ? ", " + speaker.say(Aspect.STYLE) : "";
    }

    private String opening() {
        if (EnglishGrammar.saysStyle(speaker, form)) {
            return EnglishGrammar.styledPicture(speaker.say(Aspect.STYLE));
        }
        return speaker.scene().family() == Family.PRODUCT
                ? dice().pick("", "", "a product shot of ", "a picture of ")
                : "";
    }

    String stage(double share) {
        if (!speaker.has(Aspect.STAGE) || !dice().chance(share)) {
            return "";
        }
        String stage = speaker.say(Aspect.STAGE);
        return " on " + (stage.endsWith("s") ? stage : article(stage));
    }

    String backdrop() {
        if (!speaker.has(Aspect.BACKDROP)) {
            return "";
        }
        String colour = article(speaker.say(Aspect.BACKDROP));
        return dice().pick(
                        " on " + colour + " background",
                        " in front of " + colour + " wall",
                        " before " + colour + " background");
    }

    String walls(double share) {
        StringBuilder text = new StringBuilder();
        if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, share)) {
            text.append(", ").append(speaker.say(Aspect.BACKDROP)).append(" walls");
        }
        if (dice().chance(share)) {
            text.append(text.isEmpty() ? ", with " : " and ")
                    .append(article(speaker.say(Aspect.FLOOR)))
                    .append(" floor");
        }
        return text.toString();
    }

    private String window() {
        return " " + sentence("the window shows the sky " + EnglishGrammar.at(speaker.say(Aspect.TIME)));
    }

    private String places() {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < speaker.scene().subjects().size(); i++) {
            if (speaker.scene().subjects().size() > 1
                    && speaker.scene().subjects().get(i) instanceof Thing) {
                String noun = speaker.say(Aspect.thing(i));
                String verb = noun.equals("headphones") ? " are " : " is ";
                places.add("the " + noun + verb + EnglishGrammar.where(speaker.say(Aspect.side(i))));
            }
        }
        return places.isEmpty() ? "" : " " + sentence(list(places));
    }
}
