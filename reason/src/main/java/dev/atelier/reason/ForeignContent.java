package dev.atelier.reason;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Tells by its first bytes what a file is that stands where weights or a configuration should be. */
public final class ForeignContent {
    /** First bytes of a file that suffice. */
    public static final int HEAD_BYTES = 512;

    private static final int SHOWN = 40;

    private ForeignContent() {}

    /**
     * @param head the first bytes of a file
     * @return as it stands after "is"; empty when the content may be what is expected
     */
    public static Optional<String> of(byte[] head, String expected) {
        String raw = new String(head, StandardCharsets.ISO_8859_1);
        String text = raw.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (head.length == 0) {
            return Optional.of("empty");
        }
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return Optional.of("a Git LFS pointer, not " + expected + ": run git lfs pull");
        }
        if (text.startsWith("# xet version")) {
            return Optional.of("a Xet pointer, not " + expected + ": download the file from the hub");
        }
        if (text.startsWith("<!doctype html")
                || text.startsWith("<html")
                || text.startsWith("<head")
                || text.startsWith("<?xml")
                || text.startsWith("<!--")) {
            return Optional.of("a web page (HTML or XML), not " + expected
                    + ": the download was answered with an error or a login");
        }
        return binary(raw);
    }

    private static Optional<String> binary(String raw) {
        if (raw.matches("(?s)\u0080[\u0001-\u0005].*")) {
            return Optional.of("a pickle of Python (.bin, .pt, .ckpt), which can run code when it is read"
                    + "; safetensors and GGUF are read");
        }
        if (raw.startsWith("PK\u0003\u0004") || raw.startsWith("PK\u0005\u0006")) {
            return Optional.of(
                    "a ZIP archive, as PyTorch writes its pickles (.bin, .pt, .ckpt); safetensors and GGUF are read");
        }
        if (raw.startsWith("GGUF")) {
            return Optional.of("a GGUF file (llama.cpp); of such files transformers and text encoders are read"
                    + ", under names that end in .gguf");
        }
        if (raw.matches("(?s)(ggml|ggjt|ggmf|lmgg|tjgg|fmgg).*")) {
            return Optional.of("a GGML file (llama.cpp before GGUF); safetensors and GGUF are read");
        }
        if (raw.startsWith("\u0089HDF\r\n\u001a\n")) {
            return Optional.of("an HDF5 file (Keras); safetensors and GGUF are read");
        }
        if (raw.startsWith("\u0093NUMPY")) {
            return Optional.of("a NumPy array; safetensors and GGUF are read");
        }
        if (raw.startsWith("\u001f\u008b")
                || raw.startsWith("(\u00b5/\u00fd")
                || raw.startsWith("\u00fd7zXZ")
                || raw.startsWith("7z\u00bc\u00af")
                || raw.startsWith("Rar!")
                || raw.startsWith("BZh")) {
            return Optional.of("a compressed file: unpack it first");
        }
        if (raw.length() > 262 && raw.startsWith("ustar", 257)) {
            return Optional.of("a tar archive: unpack it first");
        }
        if (raw.startsWith("\u0089PNG") || raw.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("a picture");
        }
        return Optional.empty();
    }

    /** The beginning of a text, where the bytes are one; a hub's error is often no more. */
    public static Optional<String> text(byte[] head) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(head))
                    .toString()
                    .strip();
            boolean readable =
                    !text.isEmpty() && text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
            String line = text.lines().findFirst().orElse("");
            return readable
                    ? Optional.of(line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…")
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
