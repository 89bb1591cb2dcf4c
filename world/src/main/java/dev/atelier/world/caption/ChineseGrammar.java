package dev.atelier.world.caption;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Term;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Trees;
import dev.atelier.world.scene.Water;
import java.util.ArrayList;
import java.util.List;

/** Chinese captions. */
final class ChineseGrammar implements Grammar {
    private static final String EMPTY = "空无一物";

    @Override
    public String compose(Speaker speaker, CaptionForm form) {
        if (speaker.scene().family() == Family.THINGS) {
            return new ChineseThings(speaker, form).text();
        }
        List<String> subjects = new ChineseSubjects(speaker, form).phrases();
        List<String> clauses = switch (speaker.scene().setting()) {
            case Landscape landscape -> landscape(speaker, form, subjects, landscape);
            case Studio _ -> studio(speaker, form, subjects);
            case Room _ -> room(speaker, form, subjects);
            case Sheet sheet -> sheet(speaker, form, subjects, sheet);
            case Chart chart -> chart(speaker, form, chart);
        };
        if (speaker.says(Aspect.STYLE, share(form) * 0.8)) {
            clauses.add(speaker.dice().chance(0.5) ? 0 : clauses.size(), speaker.say(Aspect.STYLE));
        }
        return String.join("，", clauses) + (form == CaptionForm.TAGS || form == CaptionForm.SHORT ? "" : "。");
    }

    private static double share(CaptionForm form) {
        return switch (form) {
            case SHORT -> 0.3;
            case TAGS, SENTENCE -> 0.7;
            case FULL -> 1;
        };
    }

    private static List<String> landscape(
            Speaker speaker, CaptionForm form, List<String> subjects, Landscape landscape) {
        Dice dice = speaker.dice();
        double share = share(form);
        List<String> places = new ArrayList<>();
        places.add(speaker.say(Aspect.TERRAIN));
        addUnlessNone(speaker, Aspect.WATER, Water.NONE, 1, places);
        addUnlessNone(speaker, Aspect.TREES, Trees.NONE, share, places);
        List<String> when = new ArrayList<>();
        for (Aspect aspect : List.of(Aspect.SEASON, Aspect.TIME, Aspect.WEATHER)) {
            if (speaker.has(aspect) && speaker.says(aspect, share)) {
                when.add(speaker.say(aspect));
            }
        }
        List<String> clauses = new ArrayList<>();
        if (form == CaptionForm.TAGS) {
            clauses.addAll(places);
            clauses.addAll(subjects);
            clauses.addAll(when);
            return clauses;
        }
        boolean view = speaker.scene().family() == Family.LANDSCAPE;
        if (view) {
            places.addAll(subjects);
            if (form == CaptionForm.SHORT) {
                clauses.add((when.isEmpty() ? "" : String.join("，", when) + "的") + list(places));
            } else {
                clauses.addAll(when);
                clauses.add(dice.pick("美丽的风景，有", "一片风景，有", "画面里有", "宁静的风景里有") + list(places));
            }
        } else {
            clauses.add(list(subjects));
            clauses.add("背景是" + list(places));
            clauses.addAll(when);
        }
        if (form == CaptionForm.FULL && speaker.has(Aspect.LIGHT_SIDE)) {
            clauses.add((landscape.time() == Time.NIGHT ? "月亮在" : "太阳在") + side(speaker.say(Aspect.LIGHT_SIDE)));
        }
        return clauses;
    }

    private static List<String> studio(Speaker speaker, CaptionForm form, List<String> subjects) {
        Dice dice = speaker.dice();
        List<String> clauses = new ArrayList<>();
        if (form == CaptionForm.TAGS) {
            clauses.addAll(subjects.isEmpty() ? List.of(EMPTY) : subjects);
        } else {
            boolean stage = form != CaptionForm.SHORT && speaker.has(Aspect.STAGE) && dice.chance(share(form));
            boolean product = speaker.scene().family() == Family.PRODUCT;
            String things = subjects.isEmpty() ? EMPTY : list(subjects);
            clauses.add(things + (stage ? (product ? "放在" : "在") + speaker.say(Aspect.STAGE) + "上" : ""));
        }
        if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, share(form))) {
            clauses.add(speaker.say(Aspect.BACKDROP) + dice.pick("背景", "的背景"));
        }
        return clauses;
    }

    private static List<String> room(Speaker speaker, CaptionForm form, List<String> subjects) {
        Dice dice = speaker.dice();
        List<String> clauses = new ArrayList<>();
        String kind = speaker.say(Aspect.ROOM);
        if (form == CaptionForm.TAGS) {
            clauses.add(kind);
            clauses.addAll(subjects);
        } else {
            clauses.add(subjects.isEmpty() ? "一间" + kind : kind + "里有" + list(subjects));
        }
        if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, share(form))) {
            clauses.add(speaker.say(Aspect.BACKDROP) + "的墙");
        }
        if (form == CaptionForm.FULL) {
            clauses.add(speaker.say(Aspect.FLOOR) + "地板");
            clauses.add("窗外是" + speaker.say(Aspect.TIME));
        }
        return clauses;
    }

    private static List<String> sheet(Speaker speaker, CaptionForm form, List<String> subjects, Sheet sheet) {
        Dice dice = speaker.dice();
        List<String> clauses = new ArrayList<>();
        speaker.state(Aspect.WORD);
        speaker.state(Aspect.SCRIPT);
        String ground = speaker.has(Aspect.BACKDROP) && dice.chance(share(form)) ? speaker.say(Aspect.BACKDROP) : "";
        String medium = (form == CaptionForm.TAGS ? "" : "一张") + ground + speaker.say(Aspect.MEDIUM);
        String ink = dice.chance(share(form)) ? speaker.say(Aspect.INK) : "";
        String face = form == CaptionForm.FULL ? speaker.say(Aspect.TYPEFACE) : "";
        clauses.add(medium);
        clauses.add((ink.isEmpty() && face.isEmpty() ? "" : "用" + ink + face) + "写着“" + sheet.letters() + "”");
        clauses.addAll(subjects);
        return clauses;
    }

    private static List<String> chart(Speaker speaker, CaptionForm form, Chart chart) {
        List<String> clauses = new ArrayList<>();
        clauses.add(speaker.say(Aspect.CHART));
        String count = speaker.say(Aspect.PARTS);
        List<String> colours = new ArrayList<>();
        if (speaker.dice().chance(Math.max(0.5, share(form)))) {
            for (int i = 0; i < chart.hues().size(); i++) {
                colours.add(speaker.say(Aspect.part(i)));
            }
        }
        clauses.add(count + "个" + (colours.size() == 1 ? colours.getFirst() + "的" : "") + "部分");
        if (colours.size() > 1) {
            clauses.add("颜色是" + list(colours));
        }
        return clauses;
    }

    private static void addUnlessNone(Speaker speaker, Aspect aspect, Term none, double share, List<String> to) {
        if (!speaker.is(aspect, none) && speaker.dice().chance(share)) {
            to.add(speaker.say(aspect));
        }
    }

    /** "左边", "中间". */
    static String side(String word) {
        return word.startsWith("中") ? word : word + "边";
    }

    static String list(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join("、", parts.subList(0, parts.size() - 1)) + "和" + parts.getLast();
    }
}
