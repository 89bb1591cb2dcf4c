package dev.atelier.prompt.rules;

import java.util.regex.Pattern;

/** Tells when several things are wanted in one picture: a collage, a sheet, a poster with panels, "in one image". */
final class SheetReader {
    private static final String ASKED = "^\\s*(?:{asking}[\\s,]+){0,16}";
    private static final String ADJECTIVES =
            "(?:(?!(?:of|in|on|with|at|from|and|or|the|that|which|for|as|to|into)\\b)[\\p{L}\\d'-]++\\s+){0,4}?";

    /** "in one image", "a page with …", 九宫格. */
    private static final Pattern ONE_PICTURE = Words.pattern("{one-sheet}|{zh-one-sheet}|" + ASKED
            + "an? (?:[\\p{L}\\d-]++ ){0,3}?{holder} (?:of|with|showing|made)\\b");

    /** "a red poster …". */
    private static final Pattern ENGLISH_HEAD = Words.pattern(
            ASKED + "(?:(?:an?|one|the|my|our|just|only|exactly)\\s+){0,4}" + ADJECTIVES + "{sheet-head}\\b(?!-)");

    /** "one photo of …", but not "one photo per season". */
    private static final Pattern ENGLISH_ONE = Words.pattern(
            ASKED
                    + "(?:just |only |exactly )?(?:one|a single|1)\\s+" + ADJECTIVES
                    + "(?:image|picture|photo|photograph|illustration|drawing|painting|shot|render)\\b(?!\\s+(?:per|for each|for every|each|of each))");

    /** 请画一张…. */
    private static final Pattern CHINESE_ONE =
            Words.pattern("(?:^|[，。；\\s])(?:请|帮我|给我|为我|我想要|我要|想要|画|生成|来|制作|设计|创作|做|绘制|出){0,12}(?:一|1)(?:张|幅)(?!一)");

    /** 圣诞海报. */
    private static final Pattern CHINESE_HEAD = Words.pattern("{zh-sheet-head}(?:设计|图)?(?=$|[，。；：,:])");

    private SheetReader() {}

    /** Whether the prompt says that all is one picture. */
    static boolean onePicture(MaskedText text) {
        return ONE_PICTURE.matcher(text.visible()).find();
    }

    /** Whether the prompt's own subject is a single sheet or picture, which may have parts; a number of pictures overrules it. */
    static boolean sheet(MaskedText text) {
        String visible = text.visible();
        return ENGLISH_HEAD.matcher(visible).find()
                || ENGLISH_ONE.matcher(visible).find()
                || CHINESE_ONE.matcher(visible).find()
                || CHINESE_HEAD.matcher(visible).find();
    }
}
