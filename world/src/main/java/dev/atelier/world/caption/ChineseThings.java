package dev.atelier.world.caption;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Season;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Water;
import java.util.ArrayList;
import java.util.List;

/** Drawn things where they are, as people ask for them: “狐狸”, “一只狐狸在雪地里”, “画两个苹果”. */
record ChineseThings(Speaker speaker, CaptionForm form) {
    private static final double BARE = 0.25;

    String text() {
        if (form == CaptionForm.SHORT && bare() && !dark() && !speaker.says(Aspect.STYLE, 1 - BARE)) {
            return speaker.say(Aspect.noun(0));
        }
        List<String> clauses = new ArrayList<>();
        List<String> phrases = placed();
        String subjects = ChineseGrammar.list(phrases);
        if (form == CaptionForm.TAGS) {
            clauses.addAll(phrases);
            clauses.addAll(details(0.5));
        } else {
            String place = dice().chance(form == CaptionForm.SHORT ? 0.6 : 0.9) ? place() : "";
            String lead = form == CaptionForm.SHORT ? dice().pick("", "", "", "画", "画一幅画：", "图片：") : "";
            clauses.add(
                    place.isEmpty()
                            ? lead + subjects
                            : dice().chance(0.6) ? lead + subjects + "在" + place : lead + place + "的" + subjects);
            clauses.addAll(details(form == CaptionForm.SHORT ? 0.15 : form == CaptionForm.FULL ? 0.9 : 0.5));
        }
        double share = form == CaptionForm.SHORT ? 0.25 : form == CaptionForm.FULL ? 0.9 : 0.6;
        if (speaker.says(Aspect.STYLE, share)) {
            clauses.add(dice().chance(0.5) ? 0 : clauses.size(), speaker.say(Aspect.STYLE));
        }
        return String.join("，", clauses) + (form == CaptionForm.TAGS || form == CaptionForm.SHORT ? "" : "。");
    }

    private Dice dice() {
        return speaker.dice();
    }

    private List<Subject> subjects() {
        return speaker.scene().subjects();
    }

    private boolean dark() {
        return speaker.scene().setting() instanceof Landscape && speaker.is(Aspect.TIME, Time.NIGHT);
    }

    private boolean bare() {
        return subjects().size() == 1
                && subjects().getFirst() instanceof Drawing drawing
                && drawing.count() == 1
                && drawing.dye() == null;
    }

    private List<String> placed() {
        List<String> phrases = new ChineseSubjects(speaker, form).phrases();
        boolean told = dice().chance(form == CaptionForm.FULL ? 0.9 : form == CaptionForm.SHORT ? 0.2 : 0.5);
        if (!told || speaker.scene().setting() instanceof Room) {
            return phrases;
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < phrases.size(); i++) {
            boolean aside = phrases.size() > 1 || subjects().get(i).side() != Side.CENTRE;
            out.add(aside ? ChineseGrammar.side(speaker.say(Aspect.side(i))) + "的" + phrases.get(i) : phrases.get(i));
        }
        return out;
    }

    private boolean all(Footing footing) {
        return subjects().stream()
                .allMatch(subject ->
                        subject instanceof Drawing drawing && drawing.kind().footing() == footing);
    }

    private String place() {
        return switch (speaker.scene().setting()) {
            case Landscape landscape -> outside(landscape);
            case Room _ -> speaker.say(Aspect.ROOM) + "里";
            case Studio _ -> {
                boolean hangs = subjects().stream()
                        .anyMatch(subject -> subject instanceof Drawing drawing
                                && drawing.kind().footing() == Footing.SKY);
                yield hangs || !speaker.has(Aspect.STAGE) ? "" : speaker.say(Aspect.STAGE) + "上";
            }
            default -> "";
        };
    }

    private String outside(Landscape landscape) {
        if (all(Footing.SKY)) {
            return dice().chance(0.4) ? "天空中" : speaker.say(Aspect.TERRAIN) + "上空";
        }
        if (all(Footing.WATER)) {
            if (landscape.water() == Water.LAKE) {
                speaker.state(Aspect.WATER);
                return dice().pick("湖里", "湖面上");
            }
            speaker.state(Aspect.TERRAIN);
            return dice().pick("海里", "海面上", "大海里");
        }
        if (landscape.season() == Season.WINTER && speaker.has(Aspect.SEASON) && dice().chance(0.5)) {
            speaker.state(Aspect.SEASON);
            return dice().pick("雪地里", "雪地上");
        }
        if (landscape.water() == Water.LAKE && dice().chance(0.4)) {
            speaker.state(Aspect.WATER);
            return dice().pick("湖边", "湖畔");
        }
        if (dice().chance(0.25)) {
            return speaker.say(Aspect.TERRAIN) + "前";
        }
        speaker.state(Aspect.TERRAIN);
        return switch (landscape.terrain()) {
            case MOUNTAINS -> dice().pick("山里", "山下");
            case HILLS -> landscape.season() == Season.WINTER ? "山丘上" : dice().pick("草地上", "山坡上", "田野里");
            case FOREST -> dice().pick("森林里", "树林里");
            case DESERT -> dice().pick("沙漠里", "沙漠中");
            case COAST -> dice().pick("海边", "沙滩上");
            case CITY -> dice().pick("城市里", "城市前");
            case CLOUDSCAPE -> "云海上";
        };
    }

    private List<String> details(double share) {
        List<String> details = new ArrayList<>();
        switch (speaker.scene().setting()) {
            case Landscape landscape -> {
                for (Aspect aspect : List.of(Aspect.SEASON, Aspect.TIME, Aspect.WEATHER)) {
                    if (speaker.has(aspect) && speaker.says(aspect, share)) {
                        details.add(speaker.say(aspect));
                    }
                }
                if (form == CaptionForm.TAGS) {
                    details.add(speaker.say(Aspect.TERRAIN));
                }
                if (form == CaptionForm.FULL && speaker.has(Aspect.LIGHT_SIDE)) {
                    details.add((landscape.time() == Time.NIGHT ? "月亮在" : "太阳在")
                            + ChineseGrammar.side(speaker.say(Aspect.LIGHT_SIDE)));
                }
            }
            case Room _ -> {
                if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, share)) {
                    details.add(speaker.say(Aspect.BACKDROP) + "的墙");
                }
            }
            default -> {
                if (speaker.has(Aspect.BACKDROP) && speaker.says(Aspect.BACKDROP, share)) {
                    details.add(speaker.say(Aspect.BACKDROP) + dice().pick("背景", "的背景"));
                }
            }
        }
        return details;
    }
}
