package dev.atelier.prompt.rules;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Decides which references a picture is made from. */
final class ReferencePlanner {
    private static final Pattern EACH_ALONE = Pattern.compile(
            "^\\s*(?:please\\s+)?(?:make|turn|convert|restore|colou?ri[sz]e|upscale|enhance|crop|brighten|darken|sharpen|change|recolou?r|styli[sz]e|transform|apply|remove|edit|retouch|blur)\\b"
                    + "[^.]*\\b(?:both|all(?: of)?|each(?: of)?|every|the two|these two|all three)(?: of)?(?: the| these| my| two| three| four)* (?:images?|pictures?|photos?|photographs?|references?|ones?)\\b"
                    + "|(?:把|将|让)?(?:这|所有|全部)?(?:两|三|四|五|几|所有的?|每一?)?(?:张|幅)?(?:的)?(?:图片?|照片|参考图)(?:都|分别|各自|全部|全都)");
    private static final Pattern TOGETHER = Pattern.compile(
            "\\b(?:combine|merge|blend|together|into one|one scene|in one|single (?:image|picture|scene)|collage|mix|fuse)\\b|合成|合并|融合|拼|一起|一张图|放(?:在|到|进)");
    private static final Pattern FIRST_IMPLIED = Pattern.compile(
            "\\b(?:in|into|with|to|like|match(?:ing)?|apply|using|use|copy|from|adopt|follow|of)\\b[^.,;]{0,40}\\b(?:style|look|colou?rs?|palette|lighting|mood|background|texture|pose|composition|technique|outfit|clothes|dress|hat)\\b[^.,;]{0,16}\uE000"
                    + "|\\b(?:like|as) (?:in )?\uE000"
                    + "|(?:按照?|参考|参照|模仿|用|换成|改成|以|变成|采用|学习)\uE000+的?[^，。]{0,6}(?:风格|画风|色调|配色|颜色|光线|背景|姿势|构图|服装|衣服|样子|质感|笔触)");
    private static final Pattern THIS = Pattern.compile(
            "\\b(?:this|it|the (?:person|man|woman|girl|boy|scene|picture|photo|subject))\\b|改|重画|这|他|她|人物");

    private ReferencePlanner() {}

    /** The references that the whole prompt is about: those that it names, or all when it names none. */
    static List<Integer> whole(MaskedText text, int references) {
        List<Integer> named = addressed(text, references);
        List<Integer> all = IntStream.range(0, references).boxed().toList();
        if (named.isEmpty() || named.size() == references) {
            return all;
        }
        MaskedText hidden = text.hide(ReferenceReader.find(text, references).stream()
                .map(ReferenceReader.Mention::span)
                .toList());
        boolean first = !named.contains(0)
                && named.size() == 1
                && FIRST_IMPLIED.matcher(hidden.visible()).find()
                && (THIS.matcher(hidden.visible()).find() || references == 2);
        return first
                ? IntStream.concat(IntStream.of(0), named.stream().mapToInt(i -> i))
                        .boxed()
                        .toList()
                : named;
    }

    /** The references that {@code text} names by number. */
    static List<Integer> addressed(MaskedText text, int references) {
        return List.copyOf(ReferenceReader.addressed(ReferenceReader.find(text, references)));
    }

    /** All references when each is to be changed by itself, otherwise none. */
    static List<Integer> eachAlone(MaskedText text, int references) {
        boolean alone = references >= 2
                && EACH_ALONE.matcher(text.visible()).find()
                && !TOGETHER.matcher(text.visible()).find();
        return alone ? IntStream.range(0, references).boxed().toList() : List.of();
    }
}
