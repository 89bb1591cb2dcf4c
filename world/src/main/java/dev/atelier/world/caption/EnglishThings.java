package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;
import static dev.atelier.world.caption.EnglishGrammar.list;
import static dev.atelier.world.caption.EnglishGrammar.sentence;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Season;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Water;
import java.util.ArrayList;
import java.util.List;

/** Drawn things where they are, as people ask for them: "fox", "a cute fox in the snow", "draw two apples on a wooden table". */
record EnglishThings(Speaker speaker, CaptionForm form) {
    private static final double BARE = 0.25;

    String text() {
        return switch (form) {
            case TAGS -> tags();
            case SHORT -> briefly();
            case SENTENCE -> sentence(opening() + list(placed(0.5)) + where(0.85) + night());
            case FULL -> sentence(opening() + list(placed(0.9)) + where(1)) + light();
        };
    }

    private Dice dice() {
        return speaker.dice();
    }

    private List<Subject> subjects() {
        return speaker.scene().subjects();
    }

    private String tags() {
        List<String> tags = new ArrayList<>(new EnglishSubjects(speaker, form).phrases());
        switch (speaker.scene().setting()) {
            case Landscape landscape -> {
                tags.add(speaker.say(Aspect.TERRAIN));
                if (landscape.water() != Water.NONE && dice().chance(0.6)) {
                    tags.add(speaker.say(Aspect.WATER));
                }
                for (Aspect aspect : List.of(Aspect.TIME, Aspect.WEATHER, Aspect.SEASON)) {
                    if (speaker.has(aspect) && speaker.says(aspect, 0.4)) {
                        tags.add(speaker.say(aspect));
                    }
                }
            }
            case Room _ -> tags.add(speaker.say(Aspect.ROOM));
            default -> {
                if (stands() && speaker.has(Aspect.STAGE) && dice().chance(0.4)) {
                    tags.add(speaker.say(Aspect.STAGE));
                }
                if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, 0.6)) {
                    tags.add(speaker.say(Aspect.BACKDROP) + " background");
                }
            }
        }
        if (speaker.says(Aspect.STYLE, 0.7)) {
            tags.add(speaker.say(Aspect.STYLE));
        }
        return EnglishGrammar.tags(tags, dice());
    }

    private String briefly() {
        boolean alone = subjects().size() == 1
                && subjects().getFirst() instanceof Drawing drawing
                && drawing.count() == 1
                && drawing.dye() == null;
        if (alone && !dark() && dice().chance(BARE)) {
            String noun = EnglishGrammar.bare(speaker.say(Aspect.noun(0)));
            return speaker.scene().style() == Style.CARTOON && dice().chance(0.3)
                    ? manner() + noun
                    : noun + (speaker.says(Aspect.STYLE, 0.2) ? ", " + speaker.say(Aspect.STYLE) : "");
        }
        String lead = dice().pick(
                        "",
                        "",
                        "",
                        "",
                        "a photo of ",
                        "a picture of ",
                        "draw ",
                        "an illustration of ",
                        "a drawing of ",
                        "an image of ");
        String text = lead + list(placed(0.2)) + where(0.6) + night();
        return speaker.says(Aspect.STYLE, 0.25) ? text + ", " + speaker.say(Aspect.STYLE) : text;
    }

    private String manner() {
        speaker.state(Aspect.STYLE);
        return "cartoon ";
    }

    private String opening() {
        if (!speaker.says(Aspect.STYLE, form == CaptionForm.FULL ? 0.9 : 0.6)) {
            return dice().pick("", "", "a picture of ", "a photo of ");
        }
        return EnglishGrammar.styledPicture(speaker.say(Aspect.STYLE));
    }

    /** The subjects, with where each is, with a probability where it can be told. */
    private List<String> placed(double share) {
        List<String> phrases = new EnglishSubjects(speaker, form).phrases();
        List<String> out = new ArrayList<>();
        boolean several = phrases.size() > 1;
        boolean told = dice().chance(share);
        for (int i = 0; i < phrases.size(); i++) {
            boolean aside = several || subjects().get(i).side() != Side.CENTRE;
            boolean said = told && aside && !(speaker.scene().setting() instanceof Room);
            out.add(said ? phrases.get(i) + " " + EnglishGrammar.where(speaker.say(Aspect.side(i))) : phrases.get(i));
        }
        return out;
    }

    private String where(double share) {
        if (!dice().chance(share)) {
            return "";
        }
        return switch (speaker.scene().setting()) {
            case Landscape landscape -> outside(landscape, share);
            case Room _ -> {
                String kind = article(speaker.say(Aspect.ROOM));
                EnglishInterior interior = new EnglishInterior(speaker, form, List.of());
                yield " in " + kind + (form == CaptionForm.SHORT ? "" : interior.walls(share * 0.6));
            }
            case Studio _ -> {
                EnglishInterior interior = new EnglishInterior(speaker, form, List.of());
                String stage = stands() ? interior.stage(form == CaptionForm.SHORT ? 0.5 : 0.8) : "";
                boolean backdrop = form == CaptionForm.FULL || stage.isEmpty() || speaker.says(Aspect.BACKDROP, 0.5);
                yield stage + (backdrop ? interior.backdrop() : "");
            }
            default -> "";
        };
    }

    private boolean stands() {
        return subjects().stream()
                .noneMatch(subject ->
                        subject instanceof Drawing drawing && drawing.kind().footing() == Footing.SKY);
    }

    /** Whether all drawings are of one footing; the words for a place go with it. */
    private boolean all(Footing footing) {
        return subjects().stream()
                .allMatch(subject ->
                        subject instanceof Drawing drawing && drawing.kind().footing() == footing);
    }

    private String outside(Landscape landscape, double share) {
        String place = all(Footing.SKY) ? above() : all(Footing.WATER) ? onWater(landscape) : onLand(landscape);
        double completeness = form == CaptionForm.SHORT ? 0.3 : share * 0.7;
        return place + new EnglishLandscape(speaker, form, List.of(), landscape).circumstances(completeness);
    }

    private String above() {
        String terrain = EnglishGrammar.definite(speaker.say(Aspect.TERRAIN));
        return dice().pick(" above ", " over ", " in the sky above ") + terrain;
    }

    private String onWater(Landscape landscape) {
        if (landscape.water() == Water.LAKE) {
            String lake = article(speaker.say(Aspect.WATER));
            String water = dice().pick(" in ", " on ") + lake;
            return dice().chance(0.5)
                    ? water + " in front of " + EnglishGrammar.definite(speaker.say(Aspect.TERRAIN))
                    : water;
        }
        speaker.state(Aspect.TERRAIN);
        return dice().pick(" in the sea", " on the sea", " in the ocean", " on the water");
    }

    private String onLand(Landscape landscape) {
        if (landscape.season() == Season.WINTER && speaker.has(Aspect.SEASON) && dice().chance(0.5)) {
            speaker.state(Aspect.SEASON);
            return dice().pick(" in the snow", " on the snow");
        }
        if (landscape.water() == Water.LAKE && dice().chance(0.4)) {
            return dice().pick(" by ", " beside ") + article(speaker.say(Aspect.WATER));
        }
        if (dice().chance(0.35)) {
            return dice().pick(" in front of ", " before ") + EnglishGrammar.definite(speaker.say(Aspect.TERRAIN));
        }
        speaker.state(Aspect.TERRAIN);
        return switch (landscape.terrain()) {
            case MOUNTAINS -> dice().pick(" in the mountains", " below the mountains");
            case HILLS ->
                landscape.season() == Season.WINTER
                        ? " in the hills"
                        : dice().pick(" in the hills", " on a meadow", " on the grass", " in a field");
            case FOREST -> dice().pick(" in the forest", " in the woods", " in a forest");
            case DESERT -> dice().pick(" in the desert", " on the sand", " in a desert");
            case COAST -> dice().pick(" by the sea", " on the beach", " at the beach");
            case CITY -> dice().pick(" in the city", " in front of a city", " in a city park");
            case CLOUDSCAPE -> " above the clouds";
        };
    }

    private boolean dark() {
        return speaker.scene().setting() instanceof Landscape && speaker.owes(Aspect.TIME);
    }

    private String night() {
        return dark() ? " " + EnglishGrammar.at(speaker.say(Aspect.TIME)) : "";
    }

    private String light() {
        return speaker.scene().setting() instanceof Landscape landscape
                ? new EnglishLandscape(speaker, form, List.of(), landscape).light()
                : "";
    }
}
