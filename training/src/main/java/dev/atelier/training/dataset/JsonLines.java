package dev.atelier.training.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a JSONL file, with bounds on what is read. */
final class JsonLines {
    private static final long MAX_FILE_BYTES = 256L << 20;
    private static final int MAX_LINE = 64_000;
    private static final int MARK_BYTES = 64;

    private JsonLines() {}

    /** What becomes of a line. */
    interface Reader {
        /** @param name of the line, to show. @throws SkippedException when nothing can be made of it */
        void read(String name, JsonEntry entry) throws SkippedException;
    }

    /** One line of the file, decoded when it is asked for. */
    private interface Line {
        String text() throws SkippedException;
    }

    /**
     * Hands every line that is not empty to {@code reader}; what cannot be read is counted in {@code skipped}.
     *
     * @param option the command's option, for messages
     * @throws IllegalArgumentException when the file is too large or in no sure encoding
     */
    static void read(String option, Path file, SkipLog skipped, Reader reader) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(option + ": " + file + " has " + Files.size(file) + " bytes; at most "
                    + MAX_FILE_BYTES + " are read");
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
                                option + ": " + file + " is neither in UTF-8 nor surely in UTF-16; save it as UTF-8"));
                for (String line : text.lines().toList()) {
                    read(file, ++number, () -> line, skipped, reader);
                }
                return;
            }
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                byte[] bytes = line;
                read(file, ++number, () -> Captions.decode(bytes), skipped, reader);
            }
        }
    }

    private static void read(Path file, int number, Line line, SkipLog skipped, Reader reader) {
        String name = file.getFileName() + " line " + number;
        try {
            String text = line.text().replace("\uFEFF", "").strip();
            if (text.length() > MAX_LINE) {
                throw new SkippedException(
                        SkipReason.BAD_ENTRY, text.length() + " characters; at most " + MAX_LINE + " are read");
            }
            if (!text.isEmpty()) {
                reader.read(name, JsonEntry.parse(text));
            }
        } catch (SkippedException e) {
            skipped.add(name, e);
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
}
