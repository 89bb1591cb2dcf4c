package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JSONL file of a {@link Feedback}; pictures by their paths relative to its folder. */
final class FeedbackFile {
    private FeedbackFile() {}

    /** What a line says. */
    interface Reader<J> {
        J read(String name, String prompt, List<PictureSource> references, JsonEntry json, DatasetFolder folder)
                throws SkippedException;
    }

    /**
     * Every judgement of {@code file}; what cannot be used is counted in {@code skipped}.
     *
     * @param option the command's option, for messages
     * @param what a judgement is, for messages
     * @throws IllegalArgumentException when there is none, saying why
     */
    static <J> List<J> read(String option, String what, Path file, SkipLog skipped, Reader<J> reader)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(option + ": " + file + ": no such file");
        }
        DatasetFolder folder = new DatasetFolder(file.toAbsolutePath().getParent());
        List<J> out = new ArrayList<>();
        JsonLines.read(option, file, skipped, (name, json) -> {
            if (out.size() == DatasetEntries.MAX_ENTRIES) {
                throw new IllegalArgumentException(
                        option + ": more than " + DatasetEntries.MAX_ENTRIES + "; at most so many are trained on");
            }
            String prompt = Captions.clean(json.required("prompt", "caption", "text"), "");
            List<PictureSource> references = folder.listed(json.references());
            if (references.size() > DatasetEntries.MAX_REFERENCES) {
                throw new SkippedException(
                        SkipReason.TOO_MANY_REFERENCES,
                        references.size() + "; at most " + DatasetEntries.MAX_REFERENCES + " are used");
            }
            out.add(reader.read(name, prompt, references, json, folder));
        });
        if (out.isEmpty()) {
            throw new IllegalArgumentException(option + ": " + file + ": no " + what
                    + (skipped.total() == 0 ? "" : "; left out: " + String.join("; ", skipped.lines())));
        }
        return List.copyOf(out);
    }
}
