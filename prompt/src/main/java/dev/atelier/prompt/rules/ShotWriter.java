package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the shots' prompts: the original with the edits of each shot, tidied. */
final class ShotWriter {
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
        String trimmed = whole.replaceAll("^(?:[\\s,.;:，。；：、—–-]+|(?:of|and|about)(?=\\s)|的|关于)+", "")
                .replaceAll("[\\s,;:?，；：、—–？-]+$", "");
        return trimmed.isBlank() ? fallback : trimmed;
    }

    private static String squeeze(String text) {
        return text.replaceAll("[ \\t]+", " ")
                .replaceAll("[(（\\[【]\\s*[)）\\]】]", "")
                .replaceAll("\\s+(?=[,.;:])", "")
                .replaceAll("[,;:]\\s*(?=[,;:.])", "")
                .replaceAll("[，；：、]\\s*(?=[，；：。])", "")
                .replaceAll("([.。])\\s*[,;:，]\\s*", "$1 ")
                .replaceAll("(?<=[.!?])\\s*[.](?=\\s|$)", "")
                .replaceAll("[?？](?=[,，])", "");
    }
}
