package dev.atelier.training.dataset;

import java.util.Set;

/** The words beside a picture. */
final class Captions {
    static final int MAX_CHARACTERS = 8_000;

    /** More bytes than the longest caption can have. */
    static final int MAX_BYTES = 4 * MAX_CHARACTERS + 3;

    private static final Set<String> EXTENSIONS = Set.of("txt", "caption");

    private Captions() {}

    /** Whether a file with this ending, in lower case and without the dot, holds a caption. */
    static boolean isCaption(String extension) {
        return EXTENSIONS.contains(extension);
    }

    /**
     * The text of {@code bytes} in the encoding that it surely is in.
     *
     * @throws SkippedException when none is sure
     */
    static String decode(byte[] bytes) throws SkippedException {
        return TextEncoding.decode(bytes)
                .orElseThrow(() -> new SkippedException(
                        SkipReason.ENCODING,
                        "no UTF-8, and not surely UTF-16, GB18030 or Windows-1252; save it as UTF-8"));
    }

    /**
     * One line without space at its ends or a byte-order mark.
     *
     * @param otherwise the caption of pictures without one; empty: such pictures are left out
     */
    static String clean(String text, String otherwise) throws SkippedException {
        String line = text.replace("\uFEFF", "").replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            line = otherwise;
        }
        if (line.isEmpty()) {
            throw new SkippedException(SkipReason.NO_CAPTION, "");
        }
        requireLength(line.length());
        return line;
    }

    /** @param length characters, or bytes when they are not decoded yet */
    static void requireLength(long length) throws SkippedException {
        if (length > MAX_CHARACTERS) {
            throw new SkippedException(
                    SkipReason.CAPTION_TOO_LONG, length + " characters; at most " + MAX_CHARACTERS + " are read");
        }
    }
}
