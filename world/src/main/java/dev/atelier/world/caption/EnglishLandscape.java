package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;
import static dev.atelier.world.caption.EnglishGrammar.list;
import static dev.atelier.world.caption.EnglishGrammar.sentence;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Trees;
import dev.atelier.world.scene.Water;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** "A beautiful landscape with snowy mountains and a lake at sunset", or who stands before it. */
record EnglishLandscape(Speaker speaker, CaptionForm form, List<String> subjects, Landscape landscape) {
    private static final Set<String> UNIQUE = Set.of("sea", "ocean", "seaside", "sky above the clouds");

    String text() {
        boolean view = speaker.scene().family() == Family.LANDSCAPE;
        return switch (form) {
            case TAGS -> tags();
            case SHORT -> view ? briefly() : list(subjects) + before(0.4) + styleBehind();
            case SENTENCE -> sentence(view ? whole(0.7) : opening() + list(subjects) + before(0.8));
            case FULL -> sentence(view ? whole(1) : opening() + list(subjects) + before(1)) + light();
        };
    }

    private Dice dice() {
        return speaker.dice();
    }

    private boolean water() {
        return landscape.water() != Water.NONE;
    }

    private boolean trees() {
        return landscape.trees() != Trees.NONE;
    }

    private String tags() {
        List<String> tags = new ArrayList<>(subjects);
        tags.add(speaker.say(Aspect.TERRAIN));
        if (water()) {
            tags.add(speaker.say(Aspect.WATER));
        }
        if (trees() && dice().chance(0.6)) {
            tags.add(speaker.say(Aspect.TREES));
        }
        for (Aspect aspect : List.of(Aspect.TIME, Aspect.WEATHER, Aspect.SEASON)) {
            if (speaker.has(aspect) && speaker.says(aspect, 0.65)) {
                tags.add(speaker.say(aspect));
            }
        }
        if (EnglishGrammar.saysStyle(speaker, form)) {
            tags.add(speaker.say(Aspect.STYLE));
        }
        if (dice().chance(0.2)) {
            tags.add(speaker.say(Aspect.FAMILY));
        }
        return EnglishGrammar.tags(tags, dice());
    }

    private String briefly() {
        List<String> things = places(0.15);
        things.addAll(subjects);
        String text = list(things);
        if (speaker.says(Aspect.TIME, 0.5)) {
            text += " " + time();
        }
        return text + styleBehind();
    }

    private String styleBehind() {
        return EnglishGrammar.saysStyle(speaker, form) ? ", " + speaker.say(Aspect.STYLE) : "";
    }

    /** Terrain, water and sometimes trees. */
    private List<String> places(double completeness) {
        List<String> things = new ArrayList<>();
        things.add(terrain());
        if (water()) {
            String noun = speaker.say(Aspect.WATER);
            things.add(dice().chance(0.75) ? article(noun) : noun);
        }
        if (trees() && dice().chance(completeness)) {
            things.add(speaker.say(Aspect.TREES));
        }
        return things;
    }

    private String terrain() {
        String noun = speaker.say(Aspect.TERRAIN);
        if (noun.endsWith("s") && !noun.endsWith("clouds") || dice().chance(0.25)) {
            return noun;
        }
        return UNIQUE.contains(noun) ? "the " + noun : article(noun);
    }

    private String whole(double completeness) {
        List<String> things = places(completeness);
        things.addAll(subjects);
        String opening = EnglishGrammar.saysStyle(speaker, form) ? styled() : view();
        return opening + list(things) + circumstances(completeness);
    }

    private String before(double completeness) {
        return dice().pick(" in front of ", " before ", " against a background of ")
                + list(places(completeness * 0.6))
                + circumstances(completeness * 0.8);
    }

    String circumstances(double completeness) {
        StringBuilder text = new StringBuilder();
        if (speaker.has(Aspect.SEASON) && dice().chance(completeness * 0.8)) {
            text.append(" in ").append(speaker.say(Aspect.SEASON));
        }
        if (speaker.says(Aspect.TIME, completeness)) {
            text.append(' ').append(time());
        }
        if (dice().chance(completeness)) {
            text.append(dice().pick(", ", " ")).append(weather());
        }
        return text.toString();
    }

    private String praise() {
        return dice().pick("", "", "beautiful ", "scenic ", "peaceful ");
    }

    private String view() {
        speaker.state(Aspect.FAMILY);
        String praise = praise();
        return dice().pick(
                        article(praise + "landscape") + " with ",
                        article(praise + "landscape") + " of ",
                        article(praise + "view") + " of ");
    }

    private String styled() {
        String style = speaker.say(Aspect.STYLE);
        return EnglishGrammar.isManner(style)
                ? article(praise() + "landscape") + " in " + style + " with "
                : article(praise() + style) + " of ";
    }

    private String opening() {
        return EnglishGrammar.saysStyle(speaker, form) ? EnglishGrammar.styledPicture(speaker.say(Aspect.STYLE)) : "";
    }

    private String time() {
        return EnglishGrammar.at(speaker.say(Aspect.TIME));
    }

    private String weather() {
        speaker.state(Aspect.WEATHER);
        return switch (landscape.weather()) {
            case CLEAR -> dice().pick("under a clear sky", "with a clear sky");
            case CLOUDY -> dice().pick("under a cloudy sky", "with clouds in the sky");
            case FOG -> dice().pick("in the fog", "with mist over the land");
            case RAIN -> dice().pick("in the rain", "while it rains");
            case SNOWFALL -> dice().pick("in falling snow", "while it snows");
        };
    }

    String light() {
        if (!speaker.has(Aspect.LIGHT_SIDE)) {
            return "";
        }
        String light = landscape.time() == Time.NIGHT ? "moon" : "sun";
        return " " + sentence("the " + light + " is " + EnglishGrammar.where(speaker.say(Aspect.LIGHT_SIDE)));
    }
}
