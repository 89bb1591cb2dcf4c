package dev.atelier.prompt.rules;

import java.util.regex.Pattern;

/** Tells when several things are wanted in one picture: a collage, a sheet, a poster with panels, "in one image". */
final class SheetReader {
    private static final Pattern ONE_PICTURE = Pattern.compile(
            "\\b(?:in|on|into|within|as) (?:one|a single|the same|1) (?:image|picture|frame|canvas|illustration|sheet|page|scene|composition|photo|drawing|poster)\\b"
                    + "|\\b(?:di|tri|poly)ptych\\b|\\b(?:one|single|1|full|two)[- ]page\\b|\\bsplit (?:image|picture|view|frame)\\b|\\b(?:film ?strip|contact sheet|photo ?montage)\\b"
                    + "|^\\s*(?:" + EnglishRequest.WORDS
                    + "[\\s,]+){0,16}an? (?:[\\p{L}\\d-]+ ){0,3}?(?:page|sheet|collage|grid|montage|spread|board|wall|patchwork|mosaic) (?:of|with|showing|made)\\b"
                    + "|\\bside[- ]by[- ]side\\b|\\bsplit[- ]screen\\b|\\b\\d\\s?[x×by]+\\s?\\d (?:grid|layout|collage)\\b|\\bsingle (?:image|picture|illustration|comic page|page|photo|canvas)\\b"
                    + "|一(?:张|幅)(?:图片?|画)?(?:里|中|内|上)|同一(?:张|幅|个)(?:图片?|画面|画)|一个画面|拼图|拼贴|拼(?:在|成|接|到)|宫格|信息图|合成一张|合并(?:成|为)|融合|一张图(?:呈现|展示|表现|说明)"
                    + "|[双三四]联(?:祭坛)?画(?=上|里|中|前)|一(?:幅|套|组|张)[四六八]条屏|[一单](?:页|幅|张)(?:的)?(?:漫画|连环画|拼贴|拼图|长卷|组合)|拼贴画|联系表|胶片上|设定图|设定集|思维导图|流程图|对比图|示意图|雪碧图|精灵图|长图|总览");
    private static final String ADJECTIVES =
            "(?:(?!(?:of|in|on|with|at|from|and|or|the|that|which|for|as|to|into)\\b)[\\p{L}\\d'-]+\\s+){0,4}?";
    private static final Pattern ENGLISH_HEAD = Pattern.compile(
            "^\\s*(?:" + EnglishRequest.WORDS + "[\\s,]+){0,16}(?:(?:an?|one|the|my|our|just|only|exactly)\\s+){0,4}"
                    + ADJECTIVES
                    + "(?:collage|grid|contact sheet|(?:character|model|reference|sprite|expression|turnaround|color|concept|design|pose) (?:sheet|chart|board)|turnaround|mood ?board|infographic"
                    + "|diagram|chart|flow ?chart|comic (?:book )?page|page|poster|banner|flyer|leaflet|book cover|magazine cover|album cover|cover|greeting card|postcard|mural|tapestry|wallpaper"
                    + "|calendar|map|timeline|brochure|menu|quilt|stained glass window|fresco|mosaic|sheet|spread|worksheet|tattoo|t-shirt|mug|rug|screen|billboard|scrapbook)\\b(?!-)");
    private static final Pattern ENGLISH_ONE = Pattern.compile(
            "^\\s*(?:" + EnglishRequest.WORDS + "[\\s,]+){0,16}(?:just |only |exactly )?(?:one|a single|1)\\s+"
                    + ADJECTIVES
                    + "(?:image|picture|photo|photograph|illustration|drawing|painting|shot|render)\\b(?!\\s+(?:per|for each|for every|each|of each))");
    private static final Pattern CHINESE_ONE =
            Pattern.compile("(?:^|[，。；\\s])(?:请|帮我|给我|为我|我想要|我要|想要|画|生成|来|制作|设计|创作|做|绘制|出){0,12}(?:一|1)(?:张|幅)(?!一)");
    private static final Pattern CHINESE_HEAD =
            Pattern.compile("(?:海报|横幅|封面|日历|挂历|年历|传单|贺卡|名片|壁画|屏风|菜单|地图|展板|黑板报|手抄报)(?:设计|图)?(?=$|[，。；：,:])");

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
