package dev.atelier.training.world.caption;

import static dev.atelier.training.world.caption.EnglishGrammar.article;
import static dev.atelier.training.world.caption.EnglishGrammar.list;
import static dev.atelier.training.world.caption.EnglishGrammar.sentence;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Time;
import dev.atelier.training.world.scene.Trees;
import dev.atelier.training.world.scene.Water;
import dev.atelier.training.world.scene.Weather;
import java.util.ArrayList;
import java.util.List;

/** "A beautiful landscape with snowy mountains and a lake at sunset." */
record EnglishLandscape(Speaker speaker, CaptionForm form, List<String> subjects) {
    String text() {
        return switch (form) {
            case TAGS -> tags();
            case SHORT -> brief();
            case SENTENCE -> sentence(whole(0.7));
            case FULL -> sentence(whole(1)) + light();
        };
    }

    private Dice dice() {
        return speaker.dice();
    }

    private boolean water() {
        return speaker.has(Aspect.WATER) && !speaker.is(Aspect.WATER, Water.NONE);
    }

    private boolean trees() {
        return speaker.has(Aspect.TREES) && !speaker.is(Aspect.TREES, Trees.NONE);
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
            if (speaker.has(aspect) && dice().chance(0.65)) {
                tags.add(speaker.say(aspect));
            }
        }
        if (EnglishGrammar.saysStyle(speaker, form)) {
            tags.add(speaker.say(Aspect.STYLE));
        }
        if (dice().chance(0.3)) {
            tags.add(speaker.say(Aspect.FAMILY));
        }
        return EnglishGrammar.tags(tags, dice());
    }

    private String brief() {
        List<String> things = new ArrayList<>();
        things.add(speaker.say(Aspect.TERRAIN));
        if (water()) {
            things.add(waterNoun());
        }
        things.addAll(subjects);
        String text = list(things);
        if (dice().chance(0.5)) {
            text += " " + time();
        }
        return EnglishGrammar.saysStyle(speaker, form) ? text + ", " + speaker.say(Aspect.STYLE) : text;
    }

    private String waterNoun() {
        String noun = speaker.say(Aspect.WATER);
        return dice().chance(0.75) ? article(noun) : noun;
    }

    private String whole(double completeness) {
        List<String> things = new ArrayList<>();
        things.add(speaker.say(Aspect.TERRAIN));
        if (water()) {
            things.add(waterNoun());
        }
        if (trees() && dice().chance(completeness)) {
            things.add(speaker.say(Aspect.TREES));
        }
        things.addAll(subjects);
        StringBuilder text = new StringBuilder(opening()).append(list(things));
        if (speaker.has(Aspect.SEASON) && dice().chance(completeness * 0.8)) {
            text.append(" in ").append(speaker.say(Aspect.SEASON));
        }
        if (dice().chance(completeness)) {
            text.append(' ').append(time());
        }
        if (dice().chance(completeness)) {
            text.append(dice().pick(", ", " ")).append(weather());
        }
        return text.toString();
    }

    private String opening() {
        String praise = dice().pick("", "", "beautiful ", "scenic ", "peaceful ");
        if (EnglishGrammar.saysStyle(speaker, form)) {
            String style = speaker.say(Aspect.STYLE);
            return style.contains("style") || style.contains("glow")
                    ? article(praise + "landscape") + " in " + style + " with "
                    : article(praise + style) + " of ";
        }
        speaker.state(Aspect.FAMILY);
        return dice().pick(
                        article(praise + "landscape") + " with ",
                        article(praise + "landscape") + " of ",
                        article(praise + "view") + " of ");
    }

    private String time() {
        String word = speaker.say(Aspect.TIME);
        if (word.equals("day")) {
            return "by day";
        }
        boolean during = word.endsWith("time") || word.startsWith("golden") || word.startsWith("early");
        return during ? "in the " + word : "at " + word;
    }

    private String weather() {
        if (!speaker.has(Aspect.WEATHER)) {
            return "";
        }
        speaker.state(Aspect.WEATHER);
        Weather weather = (Weather) speaker.stated().stream()
                .filter(fact -> fact.aspect() == Aspect.WEATHER)
                .findFirst()
                .orElseThrow()
                .value();
        return switch (weather) {
            case CLEAR -> dice().pick("under a clear sky", "with a clear sky");
            case CLOUDY -> dice().pick("under a cloudy sky", "with clouds in the sky");
            case FOG -> dice().pick("in the fog", "with mist over the land");
            case RAIN -> dice().pick("in the rain", "while it rains");
            case SNOWFALL -> dice().pick("in falling snow", "while it snows");
        };
    }

    private String light() {
        if (!speaker.has(Aspect.LIGHT_SIDE)) {
            return "";
        }
        String light = speaker.is(Aspect.TIME, Time.NIGHT) ? "moon" : "sun";
        String side = speaker.say(Aspect.LIGHT_SIDE);
        speaker.state(Aspect.TIME);
        String where = side.equals("left") || side.equals("right") ? "on the " + side : "in the " + side;
        return " " + sentence("the " + light + " is " + where);
    }
}
