package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.CountMention.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds how many pictures a Chinese prompt asks for, and tells 三张图片 from 三张桌子. */
final class ChineseCounts {
    private static final String NUMBER = "(?<n>{zh-number})";
    private static final String SET = "(?<set>(?:{zh-set})?)";
    private static final String NOUN = "(?:不同(?:的)?(?<noun>{dimension})的?)?";
    private static final String OBJECT = "(?!\\s*(?:[^的，。]{0,5}的)?{zh-thing-adjective}{0,3}{zh-flat-thing})";
    private static final String END = "(?=$|[，。；：、！？,.;:!?（()）\\s])";

    /** 请帮我画. */
    private static final Pattern ASKING = Words.pattern("^{zh-asking}{0,24}$");

    /** 墙上挂着 before 三幅画. */
    private static final Pattern OBJECT_BEFORE = Words.pattern(
            "{zh-place-before}(?:了|到|出)?(?:一(?:组|套|系列|共|排))?$|{zh-spot}(?:里|上|中|面上|前)[\\p{IsHan}]{1,3}$|了(?:一(?:组|套|系列))?$");

    /** Someone in the picture who draws or takes pictures: 画家同时 before 画两幅画. */
    private static final Pattern DOER = Words.pattern("(?<!请|帮|给|为|替)(?<!(?:请|帮|给|为|替)[^，。；]{0,6})"
            + "(?:{zh-doer}(?:在[^，。；]{1,6}?)?(?:正在|正|在|同时|一口气|一起|一次|连续|连|刚|又|已经){0,4}){zh-doing}?(?:出|了)?$");

    /** With whom or what the pictures are to be made: 用图1的女生 before 画三张. */
    private static final Pattern MEANS = Words.pattern("^(?:请)?{zh-means}");

    /** 四幅挂画 in a list of things. */
    private static final Pattern WALL_ART = Words.pattern("{zh-wall-art}$");

    /** 小画拼成的 after 五幅. */
    private static final Pattern OBJECT_AFTER = Words.pattern("^[^，。；：、,.;:]{0,8}?{zh-made-of}");

    /** 一组三张不同角度的城堡插画. */
    private static final Pattern SHEETS = Words.pattern(SET + NUMBER + "{zh-sheet}" + OBJECT + NOUN
            + "(?:[^，。；：、,.;:\\n]|(?<=\\d)[:：](?=\\d)){0,16}?{zh-media}(?!{zh-not-media-after})");

    /** 三款猫咪头像. */
    private static final Pattern PIECES =
            Words.pattern(SET + NUMBER + "{zh-piece}" + NOUN + "[^，。；：、,.;:\\n]{0,8}?{zh-piece-media}" + END);

    /** 熊猫吃竹子，5张. */
    private static final Pattern ENDING = Words.pattern(SET + NUMBER + "{zh-ending-unit}(?:一[组套])?" + END);

    /** 一套小兔子表情包，before 6个. */
    private static final Pattern PIECES_AFTER =
            Words.pattern("(?<={zh-piece-media}[，,：:\\s]{0,2})" + NUMBER + "(?:个|款|枚|种)" + END);

    /** 一套 before 表情包: a set, not one. */
    private static final Pattern ONE_SET = Words.pattern("^[一1][套组][^的]*$");

    /** 画三张. */
    private static final Pattern ASKED =
            Words.pattern("{zh-asking-verb}(?:出|我)?(?:一组|一套)?" + NUMBER + "(?:张|幅)" + OBJECT);

    /** 四格漫画, 三连拍. */
    private static final Pattern PANELS =
            Words.pattern("的?" + NUMBER + "(?:连(?:画|屏|幅|图|拍)|联拍|格(?:(?<comic>(?:小|连环)?漫画)|分镜图?|故事|连环画|画|图))");

    /** 三个镜头. */
    private static final Pattern SHOTS =
            Words.pattern("(?:的)?(?:一组|一套)?" + NUMBER + "(?:个|组|幅|张|段|幕)?(?:连续|连贯)?(?:的)?{zh-shot}(?!里|中|上)");

    /** 从三个不同角度, 三个方案. */
    private static final Pattern KINDS = Words.pattern("(?:的|以|用|从|按)?(?<![第一二三四五六七八九十])" + NUMBER
            + "(?:(?<unit>(?:个|种|款|组|类)(?:不同|常见|基本|主要)?(?:的)?|(?=色[：:]))"
            + "(?:(?<noun>{dimension})|(?:[^，。；：、\\s一二两三四五六七八九十\\d个]{0,6}?|[^，。；：、\\s一二两三四五六七八九十\\d个的]{7,12}?){zh-choice})"
            + "|(?:步骤?|幕|部曲)(?=\\s*[：:]))");

    /** 一组山水画, 多张照片, 多角度. */
    private static final Pattern VAGUE = Words.pattern("(?:一组|一套|一系列|系列)(?=(?:[^，。；：、]{0,12}){zh-media}" + END
            + ")|(?:(?<![十百千])[多几]|若干|好几)张(?=[^，。；：、]{0,12}{zh-media})|不同(?=角度|视角)|多(?=角度|视角)");

    /** 数量：3. */
    private static final Pattern SETTING =
            Words.pattern("[，,。；;]?\\s*(?:(?:图片|生成|出图|画)?(?:数量|张数|图数|幅数)\\s*(?:为|是)?\\s*[：:=]?\\s*|共\\s*(?=\\d))"
                    + NUMBER + "(?:张|幅|图)?" + END + "|[x×*]\\s?(?<m>\\d{1,2})(?=张|$)");

    /** 产品套图 before a list. */
    private static final Pattern NAMED_SET = Words.pattern(
            "(?:(?:一|这)?(?:个|组|套))?(?:[^，。；：、,.;:]{0,6}){zh-named-set}(?=\\s*[：:]|[\\s，][^：:。；，]{0,12}[：:])");

    /** 的分镜, 故事板. */
    private static final Pattern STORY = Words.pattern("的?(?:分镜(?:脚本|图|头)?|故事板|连环画)(?=$|[，。：:,])");

    /** 每个季节一张, 分别画. */
    private static final Pattern EACH = Words.pattern(
            "(?:各自?|每(?:个|种|只|款|样|人|位|一)?(?:(?<noun>{zh-each-noun})|[^，。；：、,.;:\\s一]{1,4}?)?(?:各)?)(?:单独|独立|分别|配|画|生成|来|出|做|拍){0,4}(?:一|1)(?:张|幅)(?:图片?|照片|画|插画)?"
                    + "|分别(?:用|以)?(?:画出?|生成|绘制|展示|设计|制作|呈现|来|拍)?(?:一下)?");

    /** 每种动物 before 一张. */
    private static final Pattern EACH_BEFORE = Words.pattern("(?:各|分别|每[^，。；]{1,6}?){zh-each-before}{0,4}$");

    /** 把这 before 三张图. */
    private static final Pattern EDITED = Words.pattern("{zh-edited}[这那]?$");

    /** Without it no list follows a set of pictures. */
    private static final Pattern COLON = Words.pattern("[:：]");

    /** 的裙子：红、蓝、绿 after 三种颜色. */
    private static final Pattern ATTRIBUTE_LISTED = Words.pattern("的[^，。；：、:]{1,8}[：:][^，。；]{1,20}、");

    private static final Pattern COLOUR = Words.pattern("颜色|配色|色");

    /** The last item of 红、黄、蓝 before 三种颜色. */
    private static final Pattern LISTED_BEFORE = Words.pattern("、[^，。；：\\s]{1,6}$");

    private ChineseCounts() {}

    /** All mentions, those that count pictures first. */
    static List<CountMention> find(MaskedText text, int references) {
        List<CountMention> mentions = new ArrayList<>();
        if (!text.chinese()) {
            return mentions;
        }
        Matcher setting = SETTING.matcher(text.visible());
        while (setting.find()) {
            String n = setting.group("n") == null ? setting.group("m") : setting.group("n");
            CountMention.add(mentions, mention(Span.of(setting), "", n, "", Kind.PICTURES));
        }
        for (Pattern pattern : List.of(SHEETS, PIECES, PIECES_AFTER, ASKED, ENDING)) {
            sheets(pattern, text, references, mentions);
        }
        counted(PANELS, text, Kind.STORY, mentions);
        counted(SHOTS, text, Kind.STORY, mentions);
        kinds(text, mentions);
        Matcher named = NAMED_SET.matcher(text.visible());
        boolean colon = COLON.matcher(text.visible()).find();
        while (colon && named.find()) {
            String before = text.visible().substring(text.clauseStart(named.start()), named.start());
            if (ASKING.matcher(before).matches()) {
                CountMention.add(
                        mentions,
                        new CountMention(
                                new Span(text.clauseStart(named.start()), named.end()),
                                "",
                                NumberWords.SEVERAL,
                                true,
                                "",
                                Kind.LIST));
            }
        }
        vague(VAGUE, text, Kind.PICTURES, mentions);
        vague(STORY, text, Kind.STORY, mentions);
        vague(EACH, text, Kind.EACH, mentions);
        return mentions;
    }

    private static void sheets(Pattern pattern, MaskedText text, int references, List<CountMention> mentions) {
        String visible = text.visible();
        Matcher matcher = pattern.matcher(visible);
        int from = 0;
        while (mentions.size() < CountMention.MAX && from < visible.length() && matcher.find(from)) {
            from = matcher.start() + 1;
            int clause = text.clauseStart(matcher.start());
            String before = visible.substring(clause, matcher.start());
            boolean object = text.endsBefore(OBJECT_BEFORE, matcher.start())
                    || !MEANS.matcher(before).lookingAt() && text.endsBefore(DOER, matcher.start())
                    || text.goesOn(OBJECT_AFTER, matcher.end("n"))
                    || before.isEmpty()
                            && clause > 0
                            && WALL_ART.matcher(matcher.group()).find();
            from = object ? matcher.end("n") : from;
            boolean numberInside = matcher.start("n") > 0 && isNumeral(visible.charAt(matcher.start("n") - 1));
            if (object
                    || pattern == PIECES && ONE_SET.matcher(matcher.group()).matches()
                    || numberInside
                    || references > 0 && text.endsBefore(EDITED, matcher.start())
                    || text.endsBefore(EACH_BEFORE, matcher.start())
                    || matcher.group().startsWith("各")) {
                continue;
            }
            String noun = (pattern == SHEETS || pattern == PIECES) && matcher.group("noun") != null
                    ? matcher.group("noun")
                    : "";
            int start = ASKING.matcher(before).matches() ? clause : matcher.start("n");
            if (start != clause && pattern != ASKED && matcher.start() < start) {
                start = matcher.start();
            }
            int end = pattern == ENDING || pattern == PIECES_AFTER
                    ? matcher.end()
                    : noun.isEmpty() ? matcher.end("n") + 1 : matcher.end("noun");
            if (!noun.isEmpty() && end < visible.length() && visible.charAt(end) == '的') {
                end++;
            }
            CountMention.add(mentions, mention(new Span(start, end), "", matcher.group("n"), noun, Kind.PICTURES));
            from = matcher.end();
        }
    }

    private static boolean isNumeral(char c) {
        return "第各每一二两三四五六七八九十0123456789".indexOf(c) >= 0;
    }

    private static void counted(Pattern pattern, MaskedText text, Kind kind, List<CountMention> mentions) {
        Matcher matcher = pattern.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            int n = matcher.start("n");
            if (n > 0 && isNumeral(text.visible().charAt(n - 1))) {
                continue;
            }
            boolean one = NumberWords.chinese(matcher.group("n")).value() == 1
                    && matcher.group().contains("组");
            if (one || text.endsBefore(OBJECT_BEFORE, matcher.start())) {
                continue;
            }
            boolean comic = pattern == PANELS && matcher.group("comic") != null;
            String de = comic && matcher.group().startsWith("的") ? "的" : "";
            int clause = text.clauseStart(matcher.start());
            boolean asked = ASKING.matcher(text.visible().substring(clause, matcher.start()))
                    .matches();
            Span span = new Span(asked ? clause : matcher.start(), matcher.end());
            CountMention.add(mentions, mention(span, comic ? de + "漫画" : "", matcher.group("n"), "", kind));
        }
    }

    private static void kinds(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = KINDS.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            String noun = matcher.group("noun") == null ? "" : matcher.group("noun");
            boolean listed = text.visible()
                            .substring(text.clauseStart(matcher.start()), matcher.start())
                            .isEmpty()
                    || LISTED_BEFORE
                            .matcher(text.visible())
                            .region(Math.max(0, matcher.start() - 7), matcher.start())
                            .find();
            boolean attribute =
                    COLOUR.matcher(noun).lookingAt() && text.visible().startsWith("的", matcher.end()) && !listed;
            boolean inside = noun.isEmpty() && text.endsBefore(OBJECT_BEFORE, matcher.start());
            if (attribute && text.goesOn(ATTRIBUTE_LISTED, matcher.end())) {
                Span span = new Span(matcher.start(), matcher.end() + 1);
                CountMention.add(mentions, mention(span, "", matcher.group("n"), noun, Kind.PARTS));
            } else if (!attribute && !inside) {
                boolean whole = noun.isEmpty()
                        && matcher.group("unit") != null
                        && ASKING.matcher(text.visible().substring(0, matcher.start()))
                                .matches()
                        && matcher.end() == text.visible().length();
                Span span = whole ? new Span(matcher.start(), matcher.end("unit")) : Span.of(matcher);
                CountMention.add(mentions, mention(span, "", matcher.group("n"), noun, Kind.PARTS));
            }
        }
    }

    private static void vague(Pattern pattern, MaskedText text, Kind kind, List<CountMention> mentions) {
        Matcher matcher = pattern.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            String before = text.visible().substring(text.clauseStart(matcher.start()), matcher.start());
            boolean asked = kind == Kind.STORY || kind == Kind.EACH || !text.endsBefore(OBJECT_BEFORE, matcher.start());
            boolean angles = matcher.group().equals("不同") || matcher.group().equals("多");
            String noun = angles
                    ? "角度"
                    : pattern == EACH && matcher.group("noun") != null
                            ? matcher.group("noun").equals("季") ? "季节" : matcher.group("noun")
                            : "";
            int beyond = angles ? noun.length() : 0;
            Span span = new Span(
                    ASKING.matcher(before).matches() ? text.clauseStart(matcher.start()) : matcher.start(),
                    matcher.end() + beyond);
            if (asked) {
                CountMention.add(
                        mentions,
                        new CountMention(
                                span,
                                "",
                                NumberWords.SEVERAL,
                                true,
                                noun,
                                noun.isEmpty() || kind == Kind.EACH ? kind : Kind.PARTS));
            }
        }
    }

    private static CountMention mention(Span span, String replacement, String number, String noun, Kind kind) {
        NumberWords.Number n = NumberWords.chinese(number);
        return new CountMention(span, replacement, n.value(), n.vague(), noun, kind);
    }
}
