package dev.atelier.training.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JSONL file: one object a line with {@code image}, {@code caption} (or {@code text}) and, for edits, {@code references}. */
final class JsonLinesScan {
    private static final long MAX_FILE_BYTES = 256L << 20;
    private static final int MAX_LINE = 64_000;
    private static final int MARK_BYTES = 64;

    private JsonLinesScan() {}

    static void scan(Path file, DatasetFolder folder, DatasetEntries into) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "data: " + file + " has " + Files.size(file) + " bytes; at most " + MAX_FILE_BYTES + " are read");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(MARK_BYTES);
            boolean wide = TextEncoding.isWide(in.readNBytes(MARK_BYTES));
            in.reset();
            int number = 0;
            if (wide) {
                // A line feed is two or four bytes here: such a file is read as a whole.
                String text = TextEncoding.decode(in.readAllBytes())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "data: " + file + " is neither in UTF-8 nor surely in UTF-16; save it as UTF-8"));
                for (String line : text.lines().toList()) {
                    add(file, ++number, () -> line, folder, into);
                }
                return;
            }
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                byte[] bytes = line;
                add(file, ++number, () -> Captions.decode(bytes), folder, into);
            }
        }
    }

    /** One line of the file, decoded when it is asked for. */
    private interface Line {
        String text() throws SkippedException;
    }

    private static void add(Path file, int number, Line line, DatasetFolder folder, DatasetEntries into) {
        String name = file.getFileName() + " line " + number;
        try {
            String text = line.text().replace("\uFEFF", "").strip();
            if (!text.isEmpty()) {
                into.add(name, () -> entry(text, folder));
            }
        } catch (SkippedException e) {
            into.skipped().add(name, e);
        }
    }

    /** The bytes up to and with the next line feed, cut beyond what is read; none at the end of the file. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next >= 0 && out.size() <= MAX_LINE * 4) {
                out.write(next);
            }
        } while (next >= 0 && next != '\n');
        return out.toByteArray();
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
