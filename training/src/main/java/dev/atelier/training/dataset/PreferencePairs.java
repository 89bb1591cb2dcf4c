package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Votes between pictures: a JSONL file of objects with {@code prompt}, {@code winner}, {@code loser} and, for edits, {@code references};
 * pictures by their paths relative to the file's folder. {@code caption} or {@code text} may stand for {@code prompt}, and
 * {@code chosen} and {@code rejected} for the pictures, as preference sets on the Hugging Face hub have them.
 */
public final class PreferencePairs {
    private final List<PreferencePair> pairs;
    private final SkipLog skipped;

    private PreferencePairs(List<PreferencePair> pairs, SkipLog skipped) {
        this.pairs = List.copyOf(pairs);
        this.skipped = skipped;
    }

    /**
     * @throws IllegalArgumentException when there is no pair in {@code file}, saying why
     * @throws IOException when it cannot be read
     */
    public static PreferencePairs open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("pairs: " + file + ": no such file");
        }
        DatasetFolder folder = new DatasetFolder(file.toAbsolutePath().getParent());
        SkipLog skipped = new SkipLog();
        List<PreferencePair> pairs = new ArrayList<>();
        JsonLines.read("pairs", file, skipped, (name, json) -> {
            if (pairs.size() == DatasetEntries.MAX_ENTRIES) {
                throw new IllegalArgumentException(
                        "pairs: more than " + DatasetEntries.MAX_ENTRIES + "; at most so many are trained on");
            }
            pairs.add(pair(name, json, folder));
        });
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("pairs: " + file + ": no pair of pictures"
                    + (skipped.total() == 0 ? "" : "; left out: " + String.join("; ", skipped.lines())));
        }
        return new PreferencePairs(pairs, skipped);
    }

    private static PreferencePair pair(String name, JsonEntry json, DatasetFolder folder) throws SkippedException {
        String prompt = Captions.clean(json.required("prompt", "caption", "text"), "");
        PictureSource winner = folder.listed(json.required("winner", "chosen"));
        PictureSource loser = folder.listed(json.required("loser", "rejected"));
        List<PictureSource> references = folder.listed(json.references());
        if (references.size() > DatasetEntries.MAX_REFERENCES) {
            throw new SkippedException(
                    SkipReason.TOO_MANY_REFERENCES,
                    references.size() + "; at most " + DatasetEntries.MAX_REFERENCES + " are used");
        }
        if (winner.file().equals(loser.file())) {
            throw new SkippedException(SkipReason.BAD_ENTRY, "winner and loser are one picture");
        }
        return new PreferencePair(name, prompt, winner, loser, references);
    }

    public List<PreferencePair> pairs() {
        return pairs;
    }

    /** What was left out so far. */
    public SkipLog skipped() {
        return skipped;
    }
}
