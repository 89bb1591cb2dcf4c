package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Votes between pictures: a JSONL file of objects with {@code prompt}, {@code winner}, {@code loser} and, for edits, {@code references};
 * pictures by their paths relative to the file's folder. {@code caption} or {@code text} may stand for {@code prompt}, and
 * {@code chosen} and {@code rejected} for the pictures, as preference sets on the Hugging Face hub have them.
 */
public final class PreferencePairs implements Feedback {
    private final List<PreferencePair> pairs;
    private final SkipLog skipped;

    private PreferencePairs(List<PreferencePair> pairs, SkipLog skipped) {
        this.pairs = pairs;
        this.skipped = skipped;
    }

    /**
     * @throws IllegalArgumentException when there is no pair in {@code file}, saying why
     * @throws IOException when it cannot be read
     */
    public static PreferencePairs open(Path file) throws IOException {
        SkipLog skipped = new SkipLog();
        return new PreferencePairs(
                FeedbackFile.read("pairs", "pair of pictures", file, skipped, PreferencePairs::pair), skipped);
    }

    private static PreferencePair pair(
            String name, String prompt, List<PictureSource> references, JsonEntry json, DatasetFolder folder)
            throws SkippedException {
        PictureSource winner = folder.listed(json.required("winner", "chosen"));
        PictureSource loser = folder.listed(json.required("loser", "rejected"));
        if (winner.file().equals(loser.file())) {
            throw new SkippedException(SkipReason.BAD_ENTRY, "winner and loser are one picture");
        }
        return new PreferencePair(name, prompt, winner, loser, references);
    }

    @Override
    public List<PreferencePair> judgements() {
        return pairs;
    }

    @Override
    public SkipLog skipped() {
        return skipped;
    }
}
