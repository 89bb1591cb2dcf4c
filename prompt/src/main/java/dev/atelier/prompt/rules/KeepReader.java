package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what must stay the same: what the prompt says, and what a task implies. */
final class KeepReader {
    private static final Pattern ENGLISH = Words.pattern(
            "\\b(?:keep(?:ing)?|preserv(?:e|ing)|maintain(?:ing)?|retain(?:ing)?|leav(?:e|ing))\\s+(?<what>[^,.;]{2,60}?)(?:\\s+(?:unchanged|the same|intact|as (?:it|they) (?:is|are)|untouched|consistent|as is))?(?=$|[,.;])");
    private static final Pattern CHINESE =
            Words.pattern("(?:保持|保留)(?<what>[^，。；,.;]{1,20}?)(?:不变|一致|不动|原样|相同)?(?=$|[，。；,.;])");

    private KeepReader() {}

    static List<String> ofEdit(MaskedText text) {
        List<String> said = said(text);
        return said.isEmpty() ? List.of(text.chinese() ? "其余部分" : "everything else") : said;
    }

    static List<String> ofSeries(MaskedText text) {
        List<String> keep = new ArrayList<>(said(text));
        keep.addAll(text.chinese() ? List.of("主体", "色调", "风格") : List.of("subject", "palette", "style"));
        return keep;
    }

    private static List<String> said(MaskedText text) {
        List<String> said = new ArrayList<>();
        for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
            Matcher matcher = pattern.matcher(text.visible());
            while (matcher.find()) {
                said.add(text.original(new Span(matcher.start("what"), matcher.end("what"))));
            }
        }
        return said;
    }
}
