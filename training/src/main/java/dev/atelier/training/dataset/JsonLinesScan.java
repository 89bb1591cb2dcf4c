package dev.atelier.training.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JSONL file: one object a line with {@code image}, {@code caption} (or {@code text}) and, for edits, {@code references}. */
final class JsonLinesScan {
    private static final long MAX_FILE_BYTES = 256L << 20;
    private static final int MAX_LINE = 64_000;

    private JsonLinesScan() {}

    static void scan(Path file, DatasetFolder folder, DatasetEntries into) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "data: " + file + " has " + Files.size(file) + " bytes; at most " + MAX_FILE_BYTES + " are read");
        }
        // Malformed bytes become replacement characters, so that one bad line does not end the file.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String text = line;
                    into.add(file.getFileName() + " line " + number, () -> entry(text, folder));
                }
            }
        }
    }

    private static CaptionedPicture entry(String line, DatasetFolder folder) throws SkippedException {
        if (line.length() > MAX_LINE) {
            throw new SkippedException(
                    SkipReason.BAD_ENTRY, line.length() + " characters; at most " + MAX_LINE + " are read");
        }
        JsonEntry json = JsonEntry.parse(line);
        List<PictureSource> references = new ArrayList<>();
        for (String name : json.references()) {
            references.add(picture(folder, name));
        }
        return new CaptionedPicture(picture(folder, json.image()), json.caption(), references);
    }

    private static PictureSource picture(DatasetFolder folder, String name) throws SkippedException {
        try {
            return folder.picture(name);
        } catch (SkippedException e) {
            throw new SkippedException(e.reason(), e.getMessage().isEmpty() ? name : name + ": " + e.getMessage());
        }
    }
}
