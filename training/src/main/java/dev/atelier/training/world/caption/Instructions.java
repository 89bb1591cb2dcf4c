package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Hue;
import dev.atelier.training.world.scene.Season;
import dev.atelier.training.world.scene.Style;
import dev.atelier.training.world.scene.Subject;
import dev.atelier.training.world.scene.Term;
import dev.atelier.training.world.scene.Time;
import dev.atelier.training.world.scene.Weather;
import java.util.List;

/** What a user would write to have a change made, in one language. */
public record Instructions(Language language, Dice dice) {

    public String recolour(Subject subject, Hue colour) {
        String noun = word(subject.kind());
        String hue = word(colour);
        return say(
                List.of(
                        "make the " + noun + " " + hue,
                        "change the color of the " + noun + " to " + hue,
                        "turn the " + noun + " " + hue),
                List.of("把" + noun + "变成" + hue, "将" + noun + "的颜色改为" + hue));
    }

    public String remove(Subject subject) {
        String noun = word(subject.kind());
        return say(
                List.of("remove the " + noun, "take away the " + noun, "delete the " + noun),
                List.of("去掉" + noun, "移除" + noun, "把" + noun + "拿走"));
    }

    public String add(Subject subject) {
        String hue = word(subject.colour());
        String noun = word(subject.kind());
        String side = word(subject.side());
        return say(
                List.of("add " + EnglishGrammar.article(hue + " " + noun)
                        + (side.equals("left") || side.equals("right") ? " on the " : " in the ") + side),
                List.of("在" + side + (side.startsWith("中") ? "" : "边") + "添加一个" + hue + "的" + noun));
    }

    public String replace(Subject subject, Subject replacement) {
        String noun = word(subject.kind());
        String other = word(replacement.kind());
        return say(
                List.of(
                        "replace the " + noun + " with " + EnglishGrammar.article(other),
                        "swap the " + noun + " for " + EnglishGrammar.article(other)),
                List.of("把" + noun + "换成" + other, "用" + other + "替换" + noun));
    }

    public String background(Hue colour) {
        String hue = word(colour);
        return say(
                List.of("make the background " + hue, "change the background to " + hue),
                List.of("把背景换成" + hue, "将背景改为" + hue));
    }

    public String time(Time time) {
        String word = time.words().english().getFirst();
        return say(
                List.of("make it " + word, "change the time of day to " + word),
                List.of("把时间改成" + word(time), "变成" + word(time)));
    }

    public String weather(Weather weather) {
        return say(
                List.of("make the weather " + weather.words().english().getFirst()), List.of("把天气改成" + word(weather)));
    }

    public String season(Season season) {
        String word = season.words().english().getFirst();
        return say(List.of("make it " + word, "change the season to " + word), List.of("把季节改成" + word(season)));
    }

    public String style(Style style) {
        return say(
                List.of("redraw it as " + style.words().english().getFirst(), "turn it into " + word(style)),
                List.of("改成" + word(style), "转换为" + word(style)));
    }

    public String putIntoPlace(Subject subject) {
        String noun = word(subject.kind());
        return say(
                List.of(
                        "put the " + noun + " from image 1 into image 2",
                        "place the " + noun + " of image 1 in the scene of image 2"),
                List.of("把图1中的" + noun + "放到图2里", "将图1的" + noun + "放入图2的场景"));
    }

    /** "a red vase", as a note of what must stay. */
    public String identity(Subject subject) {
        String hue = subject.colour().words().english().getFirst();
        String noun = subject.kind().words().english().getFirst();
        return language == Language.ENGLISH
                ? EnglishGrammar.article(hue + " " + noun)
                : "一个" + word(subject.colour()) + "的" + word(subject.kind());
    }

    private String word(Term term) {
        return language == Language.ENGLISH
                ? dice.pick(term.words().english())
                : dice.pick(term.words().chinese());
    }

    private String say(List<String> english, List<String> chinese) {
        return dice.pick(language == Language.ENGLISH ? english : chinese);
    }
}
