package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a prompt that a rewriting must keep. */
public final class PromptWords {
    private static final Pattern ENGLISH = Pattern.compile("[\\p{IsLatin}][\\p{IsLatin}'-]{2,}");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}{2,}");
    private static final Pattern CHINESE_FILLER = Pattern.compile(
            "[的了着过把将在和与及一二两三四五六七八九十几个只张幅位名条头辆座棵朵件双套款种片块杯上下里中内外前后左右旁边是有正很都并请让给为用到从向]|图片|照片|生成|绘制|画出?|帮我|想要|风格");
    private static final Set<String> FILLER = Set.of(
            "the",
            "and",
            "with",
            "for",
            "from",
            "that",
            "this",
            "these",
            "those",
            "into",
            "onto",
            "over",
            "under",
            "through",
            "please",
            "make",
            "create",
            "generate",
            "draw",
            "paint",
            "render",
            "show",
            "give",
            "image",
            "images",
            "picture",
            "pictures",
            "photo",
            "photos",
            "panel",
            "panels",
            "style",
            "very",
            "some",
            "all",
            "each",
            "are",
            "was",
            "its",
            "his",
            "her",
            "their",
            "while",
            "which",
            "who",
            "has",
            "have",
            "using",
            "like",
            "want",
            "need",
            "would",
            "could",
            "can",
            "you",
            "part",
            "stage",
            "view",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "first",
            "second",
            "third",
            "turn",
            "put",
            "change",
            "add",
            "remove",
            "replace",
            "keep",
            "same",
            "without",
            "not",
            "but",
            "then",
            "there",
            "other",
            "both",
            "them");

    private PromptWords() {}

    /** The quoted texts of {@code prompt} with their quotation marks, in order. */
    public static List<String> quotations(String prompt) {
        return MaskedText.quotes(prompt).stream()
                .map(span -> prompt.substring(span.start(), span.end()))
                .toList();
    }

    /**
     * The words of {@code prompt} that carry its meaning, in lower case: English ones cut to their stems, Chinese ones as pairs
     * of characters; quoted text, counts and words of asking left out.
     */
    public static Set<String> content(String prompt) {
        String visible = MaskedText.of(prompt).visible();
        Set<String> words = new LinkedHashSet<>();
        Matcher english = ENGLISH.matcher(visible);
        while (english.find()) {
            if (!FILLER.contains(english.group())) {
                words.add(stem(english.group()));
            }
        }
        for (String run : split(visible)) {
            for (int i = 0; i + 2 <= run.length(); i += 2) {
                words.add(run.substring(i, i + 2));
            }
        }
        return words;
    }

    private static List<String> split(String visible) {
        List<String> runs = new ArrayList<>();
        Matcher chinese = CHINESE.matcher(CHINESE_FILLER.matcher(visible).replaceAll(" "));
        while (chinese.find()) {
            runs.add(chinese.group());
        }
        return runs;
    }

    private static String stem(String word) {
        String stem = word.replaceAll("(?:'s|'|ies|ied|ing|ed|es|s|y)$", "");
        return stem.length() >= 3 ? stem : word;
    }
}
