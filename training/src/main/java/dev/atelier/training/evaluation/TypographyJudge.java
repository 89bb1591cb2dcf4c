package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Typeface;
import dev.atelier.world.scene.UnseenWords;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says whether the word asked for can be read: by Tesseract where it is, else by {@link WordReader} among the words of the exam. */
record TypographyJudge(Tesseract tesseract, WordReader reader) {
    /** Correlation with a word's outlines from which it counts as legible; of true pictures it is above 0.7. */
    private static final double LEGIBLE = 0.55;

    private static final List<Typeface> LATIN = List.of(Typeface.values());
    private static final List<Typeface> CHINESE = List.of(Typeface.SANS, Typeface.SERIF, Typeface.ROUND);

    /** Who reads what, in words. */
    String how() {
        return String.join(
                "; ",
                Stream.of(Script.values())
                        .map(script -> Typography.group(script) + " by "
                                + (tesseract.scripts().contains(script)
                                        ? "Tesseract, exactly"
                                        : "template matching (tesseract with its data is not installed): the word must lie best over the"
                                                + " picture among the exam's "
                                                + words(script).size()
                                                + ", with a correlation of at least " + LEGIBLE))
                        .toList());
    }

    private static List<String> words(Script script) {
        return script == Script.LATIN ? UnseenWords.english() : UnseenWords.chinese();
    }

    ExamReport.Answer judge(Picture picture, ExamQuestion question) {
        Script script = Typography.script(question);
        if (tesseract.scripts().contains(script)) {
            List<String> lines = tesseract.read(picture, script);
            boolean right = lines.contains(Tesseract.plain(question.wanted()));
            return new ExamReport.Answer(picture, Verdict.of(right), String.join(" / ", lines));
        }
        WordReader.Match best = (script == Script.LATIN ? LATIN : CHINESE)
                .stream()
                        .map(typeface -> reader.read(picture, words(script), typeface))
                        .max(Comparator.comparingDouble(WordReader.Match::correlation))
                        .orElseThrow();
        boolean legible = best.correlation() >= LEGIBLE;
        return new ExamReport.Answer(
                picture, Verdict.of(legible && best.word().equals(question.wanted())), legible ? best.word() : "");
    }
}
