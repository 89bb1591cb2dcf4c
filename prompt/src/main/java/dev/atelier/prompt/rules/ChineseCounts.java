package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.CountMention.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds how many pictures a Chinese prompt asks for, and tells 三张图片 from 三张桌子. */
final class ChineseCounts {
    private static final String NUMBER = "(?<n>" + NumberWords.CHINESE + ")";
    private static final String SET = "(?:(?:一|这|同)?(?:组|套|系列|个系列)(?:的)?|共计?|总共|一共|合计|连续|再来|各|出)?";
    private static final String MEDIA = "(?:图片|图像|图画|照片|相片|写真|插画|插图|海报|壁纸|封面|头像|卡片|贴纸|表情包?|作品|漫画|渲染图|效果图|设计图|设计稿|剪纸图?"
            + "|水彩画?|油画|国画|水墨画?|版画|素描|剧照|宣传图|产品图|街拍|特写|明信片|画面|分镜|场景图|大片|概念图|图标|横幅|配图|摄影|logo|图|照|画)";
    private static final String OBJECT =
            "(?!\\s*(?:[^的，。]{0,5}的)?[大小红白黑蓝绿木圆方长旧新老空竹藤石皮餐书课办公双单人]{0,3}(?:桌|椅|床|脸|白?纸|票|扑克|纸牌|嘴|弓|沙发|网|兽?皮|凳|地图|唱片|茶几|名片盒|长椅|笑脸|面孔|毯))";
    private static final String END = "(?=$|[，。；：、！？,.;:!?（()）\\s])";
    private static final Pattern ASKING =
            Pattern.compile("^(?:请|麻烦|可以|能不能|能否|帮我|帮忙|给我|为我|替我|我想要?|我要|想要|需要|要|画出?|生成|来|制作|设计|创作|做出?|出|输出|绘制|展示"
                    + "|呈现|一下|连续|再|拍|产出|提供|帮|我|一个?|组|套|系列|的|，|换|分|用|以|\\s){0,24}$");
    private static final Pattern OBJECT_BEFORE = Pattern.compile(
            "(?:着|有|里的?|上的?|中的?|旁的?|边的?|放|挂|贴|摆|看|拿|举|望|印|这|那|前|后|把|将|里面?的|叠|捡|撕|烧|扔|翻|发|由|加|添|加上|添加|增加|挂上|放上|贴上|换上|换成|补|印有|画满|贴满)(?:了|到|出)?(?:一(?:组|套|系列|共|排))?$|了(?:一(?:组|套|系列))?$");
    /** Someone in the picture who draws or takes pictures: 画家同时画两幅画. */
    private static final Pattern DOER = Pattern.compile(
            "(?<!请|帮|给|为|替)(?<!(?:请|帮|给|为|替)[^，。；]{0,6})(?:[家师人孩生他她们者友妈爸爷奶员手童](?:正在|正|在|同时|一口气|一起|一次|连续|刚|又|已经)*)(?:画|拍|做|写|印|制作|设计|创作|绘制|展示)?(?:出|了)?$");
    /** With whom or what the pictures are to be made: 用图1的女生画三张. */
    private static final Pattern MEANS = Pattern.compile("^(?:请)?(?:用|以|把|将|让|给|拿|按|根据|参考|基于|为|帮)");

    private static final Pattern OBJECT_AFTER = Pattern.compile("^[^，。；：、,.;:]{0,8}?(?:组成|拼成|构成|排成|贴成|堆成|串成)");
    private static final Pattern SHEETS = Pattern.compile(
            "(?<set>" + SET + ")" + NUMBER + "(?:张|幅|帧)" + OBJECT + "(?:不同(?:的)?(?<noun>" + Dimension.nounPattern()
                    + ")的?)?[^，。；：、,.;:\\n]{0,16}?" + MEDIA + "(?!上|里|中|框|旁|册|书|墙|室|廊|家|店|布|本|架|板|纸|前)");
    private static final Pattern PIECES = Pattern.compile(
            "(?<set>" + SET + ")" + NUMBER + "(?:款|枚|个|种|套|组|版|稿)(?:不同(?:的)?(?<noun>" + Dimension.nounPattern()
                    + ")的?)?[^，。；：、,.;:\\n]{0,8}?(?:图标|头像|贴纸|表情包|海报|插画|壁纸|logo|标志|封面|横幅|卡片|明信片|图案|设计稿|效果图|渲染图|概念图|纹身|包装)"
                    + END);
    private static final Pattern ENDING =
            Pattern.compile("(?<set>" + SET + ")" + NUMBER + "(?:张|幅|帧|格|版|款|页|套|枚|图|稿)" + END);
    private static final Pattern ASKED =
            Pattern.compile("(?:画|生成|来|出|做|给我|要|制作|设计|创作|绘制|想要|拍|展示)(?:出|我)?(?:一组|一套)?" + NUMBER + "(?:张|幅)" + OBJECT);
    private static final Pattern PANELS =
            Pattern.compile("的?" + NUMBER + "(?:[联连](?:画|屏|幅|图|拍)|格(?:(?<comic>(?:小|连环)?漫画)|分镜图?|故事|连环画|画|图))");
    private static final Pattern SHOTS = Pattern.compile(
            "(?:的)?(?:一组|一套)?" + NUMBER + "(?:个|组|幅|张|段|幕)?(?:连续|连贯)?(?:的)?(?:分镜头?|镜头|故事板|画面|连环画)(?!里|中|上)");
    private static final Pattern KINDS =
            Pattern.compile("(?:的|以|用|从|按)?" + NUMBER + "(?:(?:个|种|款|组|类)(?:不同|常见|基本|主要)?(?:的)?|(?=色[：:]))"
                    + "(?:(?<noun>" + Dimension.nounPattern() + ")|(?:设计)?(?:方案|版本|款式|变体|创意|选项))");
    private static final Pattern VAGUE = Pattern.compile("(?:一组|一套|一系列|系列)(?=(?:[^，。；：、]{0,12})" + MEDIA + END
            + ")|(?:多|几|若干|好几)张(?=[^，。；：、]{0,12}" + MEDIA + ")|不同(?=角度|视角)|多(?=角度|视角)");
    private static final Pattern SETTING =
            Pattern.compile("[，,。；;]?\\s*(?:(?:图片|生成|出图|画)?(?:数量|张数|图数|幅数)\\s*(?:为|是)?\\s*[：:=]?\\s*|共\\s*(?=\\d))(?<n>"
                    + NumberWords.CHINESE + ")(?:张|幅|图)?" + END + "|[x×*]\\s?(?<m>\\d{1,2})(?=张|$)");
    private static final Pattern NAMED_SET = Pattern.compile(
            "(?:(?:一|这)?(?:个|组|套))?(?:[^，。；：、,.;:]{0,6})(?:套图|组图|图组|系列图|连环图|连续画面|组照|连拍|系列照片|系列插画)(?=\\s*[：:])");
    private static final Pattern STORY = Pattern.compile("的?(?:分镜(?:脚本|图|头)?|故事板|连环画)(?=$|[，。：:,])");
    private static final Pattern EACH = Pattern.compile(
            "(?:各自?|每(?:个|种|只|款|样|人|位|一)?(?:(?<noun>季节?|月|天|角度|颜色|时段|时间段?|表情|风格|场景|物品|水果)|[^，。；：、,.;:\\s一]{1,4}?)?(?:各)?)(?:单独|独立|分别|配|画|生成|来|出|做|拍)*(?:一|1)(?:张|幅)(?:图片?|照片|画|插画)?|分别(?:用|以)?(?:画出?|生成|绘制|展示|设计|制作|呈现|来|拍)?(?:一下)?");
    private static final Pattern EACH_BEFORE = Pattern.compile("(?:各|分别|每[^，。；]{1,6}?)(?:自|来|画|出|拍|生成|做|配|单独|独立|分别)*$");
    private static final Pattern EDITED = Pattern.compile("(?:把|将|用|参考|根据|让|这|那)[这那]?$");

    private ChineseCounts() {}

    /** All mentions, those that count pictures first. */
    static List<CountMention> find(MaskedText text, int references) {
        List<CountMention> mentions = new ArrayList<>();
        Matcher setting = SETTING.matcher(text.visible());
        while (setting.find()) {
            String n = setting.group("n") == null ? setting.group("m") : setting.group("n");
            add(mentions, mention(Span.of(setting), "", n, "", Kind.PICTURES));
        }
        for (Pattern pattern : List.of(SHEETS, PIECES, ASKED, ENDING)) {
            sheets(pattern, text, references, mentions);
        }
        counted(PANELS, text, Kind.STORY, mentions);
        counted(SHOTS, text, Kind.STORY, mentions);
        kinds(text, mentions);
        Matcher named = NAMED_SET.matcher(text.visible());
        while (named.find()) {
            String before = text.visible().substring(text.clauseStart(named.start()), named.start());
            if (ASKING.matcher(before).matches()) {
                add(
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
        while (from < visible.length() && matcher.find(from)) {
            from = matcher.start() + 1;
            int clause = text.clauseStart(matcher.start());
            String before = visible.substring(clause, matcher.start());
            boolean object = OBJECT_BEFORE.matcher(before).find()
                    || !MEANS.matcher(before).find() && DOER.matcher(before).find()
                    || OBJECT_AFTER.matcher(visible.substring(matcher.end("n"))).find();
            from = object ? matcher.end("n") : from;
            boolean numberInside = matcher.start("n") > 0 && isNumeral(visible.charAt(matcher.start("n") - 1));
            if (object
                    || numberInside
                    || references > 0 && EDITED.matcher(before).find()
                    || EACH_BEFORE.matcher(before).find()
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
            int end = noun.isEmpty() ? classifierEnd(matcher) : matcher.end("noun");
            if (!noun.isEmpty() && end < visible.length() && visible.charAt(end) == '的') {
                end++;
            }
            add(mentions, mention(new Span(start, end), "", matcher.group("n"), noun, Kind.PICTURES));
            from = matcher.end();
        }
    }

    private static int classifierEnd(Matcher matcher) {
        return matcher.end("n") + 1;
    }

    private static boolean isNumeral(char c) {
        return "第各每一二两三四五六七八九十0123456789".indexOf(c) >= 0;
    }

    private static void counted(Pattern pattern, MaskedText text, Kind kind, List<CountMention> mentions) {
        Matcher matcher = pattern.matcher(text.visible());
        while (matcher.find()) {
            int n = matcher.start("n");
            if (n > 0 && isNumeral(text.visible().charAt(n - 1))) {
                continue;
            }
            String before = text.visible().substring(text.clauseStart(matcher.start()), matcher.start());
            boolean one = NumberWords.chinese(matcher.group("n")).value() == 1
                    && matcher.group().contains("组");
            if (one || OBJECT_BEFORE.matcher(before).find()) {
                continue;
            }
            boolean comic = pattern == PANELS && matcher.group("comic") != null;
            String de = comic && matcher.group().startsWith("的") ? "的" : "";
            int clause = text.clauseStart(matcher.start());
            boolean asked = ASKING.matcher(text.visible().substring(clause, matcher.start()))
                    .matches();
            Span span = new Span(asked ? clause : matcher.start(), matcher.end());
            add(mentions, mention(span, comic ? de + "漫画" : "", matcher.group("n"), "", kind));
        }
    }

    private static void kinds(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = KINDS.matcher(text.visible());
        while (matcher.find()) {
            String noun = matcher.group("noun") == null ? "" : matcher.group("noun");
            String after = text.visible().substring(matcher.end());
            boolean listed = text.visible()
                            .substring(text.clauseStart(matcher.start()), matcher.start())
                            .isEmpty()
                    || matcher.start() > 1
                            && text.visible().substring(0, matcher.start()).matches("(?s).*、[^，。；：\\s]{1,6}");
            boolean attribute = noun.matches("(?:颜色|配色|色彩|色).*") && after.startsWith("的") && !listed;
            if (!attribute) {
                add(mentions, mention(Span.of(matcher), "", matcher.group("n"), noun, Kind.PARTS));
            }
        }
    }

    private static void vague(Pattern pattern, MaskedText text, Kind kind, List<CountMention> mentions) {
        Matcher matcher = pattern.matcher(text.visible());
        while (matcher.find()) {
            String before = text.visible().substring(text.clauseStart(matcher.start()), matcher.start());
            boolean asked = kind == Kind.STORY
                    || kind == Kind.EACH
                    || !OBJECT_BEFORE.matcher(before).find();
            String noun = matcher.group().matches("不同|多")
                    ? "角度"
                    : pattern == EACH && matcher.group("noun") != null
                            ? matcher.group("noun").replaceFirst("^季$", "季节")
                            : "";
            int beyond = matcher.group().matches("不同|多") ? noun.length() : 0;
            Span span = new Span(
                    ASKING.matcher(before).matches() ? text.clauseStart(matcher.start()) : matcher.start(),
                    matcher.end() + beyond);
            if (asked) {
                add(
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

    private static void add(List<CountMention> mentions, CountMention mention) {
        if (mentions.size() < CountMention.MAX
                && mentions.stream().noneMatch(other -> other.span().overlaps(mention.span()))) {
            mentions.add(mention);
        }
    }
}
