package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** A JSONL file: one object a line with {@code image}, {@code caption} (or {@code text}) and, for edits, {@code references}. */
final class JsonLinesScan {
    private JsonLinesScan() {}

    static void scan(Path file, DatasetFolder folder, DatasetEntries into) throws IOException {
        JsonLines.read(
                "data",
                file,
                into.skipped(),
                (name, json) -> into.add(
                        name,
                        () -> new CaptionedPicture(
                                folder.listed(json.image()), json.caption(), folder.listed(json.references()))));
    }
}
