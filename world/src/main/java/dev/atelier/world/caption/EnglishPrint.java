package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;
import static dev.atelier.world.caption.EnglishGrammar.list;
import static dev.atelier.world.caption.EnglishGrammar.sentence;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.ChartKind;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Sheet;
import java.util.ArrayList;
import java.util.List;

/** Posters, signs, labels and diagrams. */
record EnglishPrint(Speaker speaker, CaptionForm form, List<String> subjects) {
    String sheet(Sheet sheet) {
        speaker.state(Aspect.WORD);
        speaker.state(Aspect.SCRIPT);
        String word = "\"" + sheet.letters() + "\"";
        String medium = speaker.say(Aspect.MEDIUM);
        if (form == CaptionForm.TAGS) {
            List<String> tags = new ArrayList<>(subjects);
            tags.add((dice().chance(0.6) && speaker.has(Aspect.BACKDROP) ? speaker.say(Aspect.BACKDROP) + " " : "")
                    + medium);
            tags.add("text " + word);
            addStyle(tags);
            return EnglishGrammar.tags(tags, dice());
        }
        String ground = speaker.has(Aspect.BACKDROP) && said() ? speaker.say(Aspect.BACKDROP) + " " : "";
        StringBuilder text = new StringBuilder();
        if (form != CaptionForm.SHORT && EnglishGrammar.saysStyle(speaker, form)) {
            text.append(EnglishGrammar.styledPicture(speaker.say(Aspect.STYLE)));
        }
        text.append(article(ground + medium))
                .append(dice().pick(" that says ", " with the word ", " reading "))
                .append(word);
        if (said()) {
            String face = form == CaptionForm.FULL ? " " + speaker.say(Aspect.TYPEFACE) : "";
            text.append(" in ").append(speaker.say(Aspect.INK)).append(face).append(" letters");
        }
        if (!subjects.isEmpty()) {
            text.append(" and ").append(list(subjects)).append(dice().pick("", " below"));
        }
        return form == CaptionForm.SHORT ? text + styleBehind() : sentence(text.toString());
    }

    String chart(Chart chart) {
        String kind = speaker.say(Aspect.CHART);
        String parts = parts(chart);
        if (form == CaptionForm.TAGS) {
            List<String> tags = new ArrayList<>(List.of(kind, parts));
            addStyle(tags);
            return EnglishGrammar.tags(tags, dice());
        }
        StringBuilder text = new StringBuilder();
        if (form != CaptionForm.SHORT && EnglishGrammar.saysStyle(speaker, form)) {
            text.append(EnglishGrammar.styledPicture(speaker.say(Aspect.STYLE)));
        }
        text.append(article(kind)).append(" with ").append(parts);
        if (form == CaptionForm.FULL && speaker.has(Aspect.BACKDROP)) {
            text.append(" on a pale ").append(speaker.say(Aspect.BACKDROP)).append(" background");
        }
        return form == CaptionForm.SHORT ? text + styleBehind() : sentence(text.toString());
    }

    private String parts(Chart chart) {
        String noun = noun(chart.kind());
        String count = speaker.say(Aspect.PARTS);
        if (!said()) {
            return count + " " + noun;
        }
        if (chart.hues().size() == 1) {
            return count + " " + speaker.say(Aspect.part(0)) + " " + noun;
        }
        List<String> colours = new ArrayList<>();
        for (int i = 0; i < chart.count(); i++) {
            colours.add(speaker.say(Aspect.part(i)));
        }
        return count + " " + noun + " in " + list(colours);
    }

    private static String noun(ChartKind kind) {
        return switch (kind) {
            case BARS -> "bars";
            case PIE -> "slices";
            case LINE -> "points";
            case FLOW -> "boxes";
            case CYCLE -> "circles";
            case PYRAMID -> "levels";
        };
    }

    private String styleBehind() {
        return EnglishGrammar.saysStyle(speaker, form) ? ", " + speaker.say(Aspect.STYLE) : "";
    }

    private boolean said() {
        return dice().chance(form == CaptionForm.FULL ? 1 : form == CaptionForm.SHORT ? 0.5 : 0.8);
    }

    private void addStyle(List<String> tags) {
        if (EnglishGrammar.saysStyle(speaker, form)) {
            tags.add(speaker.say(Aspect.STYLE));
        }
    }

    private Dice dice() {
        return speaker.dice();
    }
}
