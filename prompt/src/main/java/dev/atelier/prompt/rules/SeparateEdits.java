package dev.atelier.prompt.rules;

import dev.atelier.prompt.Shot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Edits that have nothing to do with each other: one wish for every reference ("make both pictures night") or one for each ("make
 * image 1 night and image 2 day", 图1改成夜景，图2改成雪景).
 */
final class SeparateEdits {
    /** "turn both photos into drawings", 两张照片都…. */
    private static final Pattern EACH_ALONE = Words.pattern("^\\s*(?:please\\s+)?{change}\\b"
            + "[^.]{0,200}\\b(?:both|all(?: of)?|each(?: of)?|every|the two|these two|all three)(?: of)?(?: the| these| my| two| three| four){0,4} (?:images?|pictures?|photos?|photographs?|references?|ones?)\\b"
            + "|^\\s*(?:please\\s+)?{change}\\s+(?:both|each|them all|all (?:of them|two|three|four))(?: of (?:them|these|those))?"
            + "(?=\\s+{changed}\\b|\\s*(?:$|[,.!]))"
            + "|(?:把|将|让)?(?:这|所有|全部)?(?:两|三|四|五|几|所有的?|每一?)?(?:张|幅)?(?:的)?(?:图片?|照片|参考图)(?:都|分别|各自|全部|全都)");

    /** "combine", 合成. */
    private static final Pattern TOGETHER = Words.pattern("\\b{together}\\b|{zh-together}");

    /** "make [image 1] night", "change the sky of [image 1] to pink", or what goes on after it: "and [image 2] day". */
    private static final Pattern ENGLISH_LEAD = Words.pattern(
            "(?:^|\\b(?:and|then|while)\\b)\\s*(?:{asking}[\\s,]+){0,6}?"
                    + "(?<verb>{change}\\s+(?<what>[^\\n\uE000]{1,30}?\\s(?:of|in|from|on)\\s+)?(?:the\\s+)?)?(?:the\\s+)?$");

    /** 把 before [图1]. */
    private static final Pattern CHINESE_LEAD = Words.pattern("^\\s*{zh-asking}{0,6}(?:再|然后|并且?|而)?(?:把|将|给|让)?$");

    /** 改成夜景 after [图1]. */
    private static final Pattern CHINESE_CHANGE =
            Words.pattern("\\s*(?:的[^，。；,;]{1,8}?)?(?:也|再|都)?(?:{zh-change})[^，。；,;]");

    /** "[image 1] the background": parts of one picture. */
    private static final Pattern ROLE = Words.pattern("\\s*(?:(?:as|is|be)\\s+)?(?:the|a)\\s+(?:{role})\\b");

    /** Nothing is said of the reference. */
    private static final Pattern NOTHING = Words.pattern("\\s*(?:$|[,.;])");

    /** What is said of all after the last edit: ". Keep the faces." */
    private static final Pattern REST = Words.pattern("(?<=[.;])\\s+(?=\\p{L})|(?<=[。；])");

    /** What joins an edit to the next. */
    private static final Pattern ENDING =
            Words.pattern("(?i)[\\s,;.，；。]*(?:\\b(?:and|then|while))?\\s*(?:\\bthe\\s+)?$");

    private SeparateEdits() {}

    /** One shot for each reference that is edited by itself; none when the references belong together. */
    static List<Shot> read(MaskedText text, int references, boolean expand) {
        if (references < 2 || TOGETHER.matcher(text.visible()).find()) {
            return List.of();
        }
        List<String> keep = KeepReader.ofEdit(text);
        if (EACH_ALONE.matcher(text.visible()).find()) {
            return IntStream.range(0, references)
                    .mapToObj(index -> new Shot(text.original(), List.of(index), keep))
                    .toList();
        }
        List<ReferenceReader.Mention> mentions = ReferenceReader.find(text, references);
        MaskedText hidden =
                text.hide(mentions.stream().map(ReferenceReader.Mention::span).toList());
        Set<Integer> edited = new HashSet<>();
        boolean apart = mentions.size() > 1
                && mentions.stream()
                        .allMatch(mention -> mention.indices().size() == 1
                                && edited.add(mention.indices().getFirst()));
        if (!apart) {
            return List.of();
        }
        List<Part> parts = parts(hidden, mentions);
        List<Shot> shots = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            shots.add(new Shot(
                    expand ? prompt(text, parts, k) : text.original(),
                    mentions.get(k).indices(),
                    keep));
        }
        return shots;
    }

    /** Where an edit begins, and what of the first one it does not repeat: the verb. */
    private record Part(int start, String verb) {}

    private static List<Part> parts(MaskedText text, List<ReferenceReader.Mention> mentions) {
        List<Part> parts = new ArrayList<>();
        String verb = "";
        for (ReferenceReader.Mention mention : mentions) {
            int start = mention.span().start();
            int clause = text.clauseStart(start);
            Matcher lead = ENGLISH_LEAD.matcher(text.visible()).region(clause, start);
            if (text.endsBefore(CHINESE_LEAD, start)
                    && text.goesOn(CHINESE_CHANGE, mention.span().end())) {
                parts.add(new Part(clause, ""));
            } else if (lead.find()
                    && !(lead.group("verb") == null && parts.isEmpty())
                    && !text.goesOn(ROLE, mention.span().end())
                    && (lead.group("what") != null
                            || !text.goesOn(NOTHING, mention.span().end()))) {
                boolean own = lead.group("verb") != null;
                verb = own ? text.original().substring(lead.start("verb"), lead.end("verb")) : verb;
                parts.add(own ? new Part(lead.start("verb"), "") : new Part(start, verb));
            } else {
                return List.of();
            }
        }
        return parts;
    }

    private static String prompt(MaskedText text, List<Part> parts, int k) {
        int last = parts.getLast().start();
        Matcher rest = REST.matcher(text.visible()).region(last, text.visible().length());
        int common = rest.find() ? rest.end() : text.visible().length();
        int end = k + 1 < parts.size() ? parts.get(k + 1).start() : common;
        String own = ENDING.matcher(text.original().substring(parts.get(k).start(), end))
                .replaceFirst("");
        String tail = text.original().substring(common).strip();
        String edit = parts.get(k).verb() + own.strip();
        return tail.isEmpty() ? edit : edit + (text.chinese() ? "。" : ". ") + tail;
    }
}
