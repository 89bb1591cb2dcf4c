package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Landscape;
import dev.atelier.training.world.scene.Structure;
import dev.atelier.training.world.scene.Studio;
import dev.atelier.training.world.scene.Subject;
import dev.atelier.training.world.scene.Term;
import dev.atelier.training.world.scene.Thing;
import dev.atelier.training.world.scene.Time;
import dev.atelier.training.world.scene.Trees;
import dev.atelier.training.world.scene.Water;
import java.util.ArrayList;
import java.util.List;

/** Chinese captions. */
final class ChineseGrammar implements Grammar {
    @Override
    public String compose(Speaker speaker, CaptionForm form) {
        List<String> subjects = subjects(speaker, form);
        return switch (speaker.scene().setting()) {
            case Landscape _ -> landscape(speaker, form, subjects);
            case Studio _ -> studio(speaker, form, subjects);
        };
    }

    private static List<String> subjects(Speaker speaker, CaptionForm form) {
        List<String> phrases = new ArrayList<>();
        List<Subject> subjects = speaker.scene().subjects();
        for (int i = 0; i < subjects.size(); i++) {
            Dice dice = speaker.dice();
            StringBuilder phrase = new StringBuilder(form == CaptionForm.TAGS ? "" : "一个");
            if (dice.chance(form == CaptionForm.SHORT ? 0.75 : 0.95)) {
                phrase.append(speaker.say(Subjects.COLOURS.get(i))).append(dice.chance(0.7) ? "的" : "");
            }
            phrase.append(
                    switch (subjects.get(i)) {
                        case Thing _ -> material(speaker, form, i) + speaker.say(Subjects.THINGS.get(i));
                        case Structure _ -> speaker.say(Aspect.STRUCTURE);
                    });
            phrases.add(phrase.toString());
        }
        return phrases;
    }

    private static String material(Speaker speaker, CaptionForm form, int index) {
        return speaker.dice().chance(form == CaptionForm.FULL ? 0.9 : 0.4)
                ? speaker.say(Subjects.MATERIALS.get(index))
                : "";
    }

    private static String landscape(Speaker speaker, CaptionForm form, List<String> subjects) {
        Dice dice = speaker.dice();
        double share = switch (form) {
            case SHORT -> 0.3;
            case TAGS, SENTENCE -> 0.7;
            case FULL -> 1;
        };
        List<String> things = new ArrayList<>();
        things.add(speaker.say(Aspect.TERRAIN));
        addUnlessNone(speaker, Aspect.WATER, Water.NONE, 1, things);
        addUnlessNone(speaker, Aspect.TREES, Trees.NONE, share, things);
        things.addAll(subjects);
        List<String> when = new ArrayList<>();
        for (Aspect aspect : List.of(Aspect.SEASON, Aspect.TIME, Aspect.WEATHER)) {
            if (speaker.has(aspect) && dice.chance(share)) {
                when.add(speaker.say(aspect));
            }
        }
        String style = style(speaker, share * 0.8);
        if (form == CaptionForm.TAGS) {
            things.addAll(when);
            if (!style.isEmpty()) {
                things.add(style);
            }
            return String.join("，", things);
        }
        StringBuilder text = new StringBuilder(style.isEmpty() ? "" : style + "，").append(String.join("，", when));
        text.append(when.isEmpty() ? "" : form == CaptionForm.SHORT ? "的" : "，");
        if (form != CaptionForm.SHORT) {
            text.append(dice.pick("美丽的风景，有", "一片风景，有", "画面里有", "宁静的风景里有"));
        }
        text.append(list(things));
        if (form == CaptionForm.FULL && speaker.has(Aspect.LIGHT_SIDE)) {
            text.append("。")
                    .append(speaker.is(Aspect.TIME, Time.NIGHT) ? "月亮" : "太阳")
                    .append("在")
                    .append(side(speaker, Aspect.LIGHT_SIDE));
        }
        return form == CaptionForm.SHORT ? text.toString() : text.append("。").toString();
    }

    private static String studio(Speaker speaker, CaptionForm form, List<String> subjects) {
        Dice dice = speaker.dice();
        boolean everything = form == CaptionForm.FULL;
        String style = style(speaker, everything ? 0.9 : 0.5);
        String backdrop = everything || dice.chance(0.6) ? speaker.say(Aspect.BACKDROP) + dice.pick("背景", "的背景") : "";
        if (form == CaptionForm.TAGS) {
            List<String> tags = new ArrayList<>(subjects);
            if (!backdrop.isEmpty()) {
                tags.add(backdrop);
            }
            if (!style.isEmpty()) {
                tags.add(style);
            }
            return String.join("，", tags);
        }
        StringBuilder text = new StringBuilder(list(subjects));
        if (form == CaptionForm.SHORT) {
            return text.append(backdrop.isEmpty() ? "" : "，" + backdrop).toString();
        }
        if (everything || dice.chance(0.7)) {
            text.append("放在").append(speaker.say(Aspect.STAGE)).append("上");
        }
        text.append(backdrop.isEmpty() ? "" : "，" + backdrop);
        text.append(style.isEmpty() ? "" : "，" + style);
        return text.append("。").toString();
    }

    private static void addUnlessNone(Speaker speaker, Aspect aspect, Term none, double share, List<String> to) {
        if (speaker.has(aspect) && !speaker.is(aspect, none) && speaker.dice().chance(share)) {
            to.add(speaker.say(aspect));
        }
    }

    private static String side(Speaker speaker, Aspect aspect) {
        String word = speaker.say(aspect);
        return word.startsWith("中") ? word : word + "边";
    }

    private static String style(Speaker speaker, double share) {
        return speaker.dice().chance(share) ? speaker.say(Aspect.STYLE) : "";
    }

    private static String list(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join("、", parts.subList(0, parts.size() - 1)) + "和" + parts.getLast();
    }
}
