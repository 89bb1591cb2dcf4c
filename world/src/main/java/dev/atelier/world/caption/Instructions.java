package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;
import static dev.atelier.world.caption.EnglishGrammar.at;
import static dev.atelier.world.caption.EnglishGrammar.where;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Count;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Expression;
import dev.atelier.world.scene.Headwear;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Material;
import dev.atelier.world.scene.Medium;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.PersonKind;
import dev.atelier.world.scene.Season;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Term;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Wearable;
import dev.atelier.world.scene.Weather;
import java.util.List;

/** What a user would write to have a picture changed or composed, in one language. */
public record Instructions(Language language, Dice dice) {

    public String recolour(Subject subject, Hue colour) {
        String noun = word(coloured(subject));
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
        String noun = language == Language.ENGLISH ? indefinite(subject) : plain(subject);
        String side = word(subject.side());
        return say(
                List.of("add " + noun + " " + where(side), "put " + noun + " " + where(side)),
                List.of("在" + ChineseGrammar.side(side) + "添加" + noun, "在" + ChineseGrammar.side(side) + "加上" + noun));
    }

    public String replace(Subject subject, Subject replacement) {
        String noun = word(subject.kind());
        String marked = raw(replacement.kind());
        String other = EnglishGrammar.bare(marked);
        String one = other.equals("headphones") ? other : article(marked);
        return say(
                List.of("replace the " + noun + " with " + one, "swap the " + noun + " for " + one),
                List.of("把" + noun + "换成" + other, "用" + other + "替换" + noun));
    }

    public String move(Subject subject, Side side) {
        String noun = word(subject.kind());
        String to = word(side);
        return say(
                List.of(
                        "move the " + noun + " to the " + to,
                        "put the " + noun + " " + where(to),
                        "shift the " + noun + " to the " + to),
                List.of("把" + noun + "移到" + ChineseGrammar.side(to), "将" + noun + "放到" + ChineseGrammar.side(to)));
    }

    public String material(Thing thing, Material material) {
        String noun = word(thing.kind());
        String english = material.words().english().getFirst();
        return say(
                List.of("make the " + noun + " " + english, "give the " + noun + " a " + english + " finish"),
                List.of("把" + noun + "变成" + word(material) + "材质", "让" + noun + "变成" + word(material) + "的"));
    }

    public String expression(Subject subject, Expression expression) {
        String noun = word(subject.kind());
        String mood = word(expression);
        return say(
                List.of("make the " + noun + " look " + mood, "change the expression of the " + noun + " to " + mood),
                List.of("让" + noun + "看起来" + mood, "把" + noun + "的表情改成" + mood));
    }

    public String text(String from, String to) {
        return say(
                List.of(
                        "change the text to \"" + to + "\"",
                        "replace \"" + from + "\" with \"" + to + "\"",
                        "make it say \"" + to + "\""),
                List.of("把文字改成“" + to + "”", "将“" + from + "”换成“" + to + "”"));
    }

    public String background(Hue colour) {
        String hue = word(colour);
        return say(
                List.of("make the background " + hue, "change the background to " + hue),
                List.of("把背景换成" + hue, "将背景改为" + hue));
    }

    public String walls(Hue colour) {
        String hue = word(colour);
        return say(List.of("paint the walls " + hue, "make the walls " + hue), List.of("把墙刷成" + hue, "将墙面改为" + hue));
    }

    public String ground(Medium medium, Hue colour) {
        String noun = word(medium);
        String hue = word(colour);
        return say(
                List.of("make the " + noun + " " + hue, "change the color of the " + noun + " to " + hue),
                List.of("把" + noun + "的底色改成" + hue));
    }

    public String place(Term terrain, Time time) {
        String noun = word(terrain);
        return say(
                List.of(
                        "change the background to " + noun + " " + at(word(time)),
                        "move the scene to " + noun + " " + at(word(time))),
                List.of("把背景换成" + word(time) + "的" + noun));
    }

    public String time(Time time) {
        String word = time.words().english().getFirst();
        return say(
                List.of("make it " + word, "change the time of day to " + word, "show the scene " + at(word)),
                List.of("把时间改成" + word(time), "变成" + word(time)));
    }

    public String window(Time time) {
        return say(
                List.of("show the sky " + at(word(time)) + " through the window"),
                List.of("让窗外变成" + word(time), "把窗外改成" + word(time)));
    }

    public String weather(Weather weather) {
        String word = weather.words().english().getFirst();
        return say(
                List.of("make the weather " + word, "change the weather to " + word), List.of("把天气改成" + word(weather)));
    }

    public String season(Season season) {
        String word = season.words().english().getFirst();
        return say(List.of("make it " + word, "change the season to " + word), List.of("把季节改成" + word(season)));
    }

    public String style(Style style) {
        String word = word(style);
        return say(
                List.of(
                        EnglishGrammar.isManner(word) ? "redraw it in " + word : "redraw it as " + article(word),
                        "change the style to " + word),
                List.of("改成" + word, "把风格转换为" + word));
    }

    public String onStage(Subject subject) {
        String noun = word(subject.kind());
        return say(
                List.of(
                        "put the " + noun + " from image 1 on the stage of image 2",
                        "place the " + noun + " of image 1 in the scene of image 2"),
                List.of("把图1中的" + noun + "放到图2的场景里", "将图1的" + noun + "放入图2"));
    }

    public String intoPlace(Subject subject, Term place) {
        String noun = word(subject.kind());
        String where = word(place);
        return say(
                List.of(
                        "put the " + noun + " from image 1 into image 2",
                        "place the " + noun + " of image 1 before the " + where + " of image 2",
                        "combine the " + noun + " in image 1 with the background of image 2"),
                List.of("把图1中的" + noun + "放到图2里", "将图1的" + noun + "放入图2的" + where));
    }

    public String together(Subject left, Subject right) {
        String one = word(left.kind());
        String other = word(right.kind());
        return say(
                List.of("put the " + one + " from image 1 and the " + other
                        + " from image 2 on the stage of image 3, the " + one + " on the left"),
                List.of("把图1中的" + one + "和图2中的" + other + "放到图3的场景里，" + one + "在左边"));
    }

    public String inStyle() {
        return say(
                List.of("redraw image 1 in the style of image 2", "use the style of image 2 for image 1"),
                List.of("用图2的风格重画图1", "把图1改成图2的风格"));
    }

    /** What of a subject stays the same from shot to shot. */
    public String identity(Subject subject) {
        if (subject instanceof Person person && person.kind() != PersonKind.ROBOT) {
            return person(person);
        }
        String noun = language == Language.ENGLISH ? indefinite(subject) : plain(subject);
        return subject instanceof Animal animal && animal.wears() != Wearable.NONE
                ? noun + worn(animal.accent(), animal.wears())
                : noun;
    }

    private String person(Person person) {
        Person.Look look = person.look();
        String hat = look.headwear() == Headwear.NONE ? "" : worn(look.accent(), look.headwear());
        return language == Language.ENGLISH
                ? article(word(person.kind())) + " with " + word(look.hair()) + " " + word(look.hairColour())
                        + " hair in " + article(word(person.colour()) + " " + word(look.garment())) + hat
                : "一个穿" + word(person.colour()) + "的" + word(look.garment()) + "的" + word(person.kind()) + "，"
                        + word(look.hairColour()) + word(look.hair()) + "发" + hat;
    }

    private String worn(Hue hue, Term what) {
        return language == Language.ENGLISH
                ? " wearing " + article(word(hue) + " " + word(what))
                : "，戴着" + word(hue) + "的" + word(what);
    }

    private String indefinite(Subject subject) {
        if (subject instanceof Drawing drawing) {
            String colour = drawing.dye() == null ? "" : word(drawing.dye()) + " ";
            return drawing.count() > 1
                    ? number(drawing) + " " + colour + drawing.kind().plural()
                    : EnglishGrammar.phrase(colour, raw(drawing.kind()));
        }
        String noun = word(subject.kind());
        String phrase = word(subject.colour()) + " " + noun;
        return noun.equals("headphones") ? phrase : article(phrase);
    }

    private String plain(Subject subject) {
        if (subject instanceof Drawing drawing) {
            String count = drawing.count() > 1 ? number(drawing) : "一";
            String colour = drawing.dye() == null ? "" : word(drawing.dye()) + "的";
            return count + drawing.kind().measure() + colour + word(drawing.kind());
        }
        return "一个" + word(subject.colour()) + "的" + word(subject.kind());
    }

    private String number(Drawing drawing) {
        Count count = Count.values()[drawing.count() - 2];
        return language == Language.ENGLISH
                ? count.words().english().getFirst()
                : count.words().chinese().getFirst();
    }

    /** What about a subject its colour is the colour of. */
    private static Term coloured(Subject subject) {
        return subject instanceof Person person && person.kind() != PersonKind.ROBOT
                ? person.look().garment()
                : subject.kind();
    }

    private String word(Term term) {
        return EnglishGrammar.bare(raw(term));
    }

    /** A word with its mark that it takes no article, where it has one. */
    private String raw(Term term) {
        return language == Language.ENGLISH
                ? dice.pick(term.words().english())
                : dice.pick(term.words().chinese());
    }

    private String say(List<String> english, List<String> chinese) {
        return dice.pick(language == Language.ENGLISH ? english : chinese);
    }
}
