package dev.atelier.prompt.rules;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Decides which references a picture is made from. */
final class ReferencePlanner {
    /** "in the style of [image 2]", 用[图2]的画风: it is the first picture that is changed. */
    private static final Pattern FIRST_IMPLIED = Words.pattern(
            "\\b(?:in|into|with|to|like|match(?:ing)?|apply|using|use|copy|from|adopt|follow|of)\\b[^.,;]{0,40}\\b{look-of}\\b[^.,;]{0,16}\uE000"
                    + "|\\b(?:like|as) (?:in )?\uE000|{zh-take-look}\uE000{1,40}的?[^，。]{0,6}{zh-look-of}");

    private static final Pattern THIS = Words.pattern(
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
}
