package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the shots' prompts: the original with the edits of each shot, tidied. */
final class ShotWriter {
    private static final Pattern START =
            Words.pattern("^(?:[\\s,.;:，。；：、—–-]{1,40}+|(?:of|and|about)(?=\\s)|的|关于){1,40}+");
    private static final Pattern END = Words.pattern("[\\s,;:?，；：、—–？-]+$");
    private static final List<Gap> GAPS = List.of(
            Gap.of("[ \\t]+", " "),
            Gap.of("[(（\\[【]\\s*[)）\\]】]", ""),
            Gap.of("\\s+(?=[,.;:])", ""),
            Gap.of("[,;:]\\s*(?=[,;:.])", ""),
            Gap.of("[，；：、]\\s*(?=[，；：。])", ""),
            Gap.of("([.。])\\s*[,;:，]\\s*", "$1 "),
            Gap.of("(?<=[.!?])\\s*[.](?=\\s|$)", ""),
            Gap.of("[?？](?=[,，])", ""));

    /** What removed words leave behind, and how it is closed. */
    private record Gap(Pattern pattern, String closed) {
        static Gap of(String regex, String closed) {
            return new Gap(Words.pattern(regex), closed);
        }
    }

    private ShotWriter() {}

    static List<String> write(String original, Series series) {
        List<Edit> edits = new ArrayList<>(series.edits());
        edits.sort(Comparator.comparingInt((Edit edit) -> edit.span().start())
                .thenComparingInt(edit -> edit.span().end()));
        List<String> prompts = new ArrayList<>();
        for (int shot = 0; shot < series.count(); shot++) {
            StringBuilder prompt = new StringBuilder();
            int at = 0;
            for (Edit edit : edits) {
                if (edit.span().start() >= at) {
                    prompt.append(original, at, edit.span().start()).append(edit.text(shot));
                    at = edit.span().end();
                }
            }
            prompts.add(tidy(prompt.append(original, at, original.length()).toString(), original));
        }
        return prompts;
    }

    /** Takes away the gaps that removed words leave; quoted text is not touched. */
    private static String tidy(String text, String fallback) {
        StringBuilder tidy = new StringBuilder();
        int at = 0;
        for (Span quote : MaskedText.quotes(text)) {
            tidy.append(squeeze(text.substring(at, quote.start()))).append(text, quote.start(), quote.end());
            at = quote.end();
        }
        String whole = tidy.append(squeeze(text.substring(at))).toString();
        String trimmed = END.matcher(START.matcher(whole).replaceFirst("")).replaceFirst("");
        return trimmed.isBlank() ? fallback : trimmed;
    }

    private static String squeeze(String text) {
        String squeezed = text;
        for (Gap gap : GAPS) {
            squeezed = gap.pattern().matcher(squeezed).replaceAll(gap.closed());
        }
        return squeezed;
    }
}
