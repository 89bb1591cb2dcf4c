package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What made a picture, as written into its file. Absent texts are empty.
 *
 * @param software the program, with its version
 * @param model name of the model
 * @param prompt what the model was asked to draw
 * @param negativePrompt what it was asked to avoid
 * @param size of the picture as it was made
 * @param extra further parameters by name
 */
public record PictureMetadata(
        String software,
        String model,
        String prompt,
        String negativePrompt,
        Sampling sampling,
        PictureSize size,
        Map<String, String> extra) {
    /** What reproduces the picture from its prompt. */
    public record Sampling(long seed, int steps, double guidanceScale) {}

    /** The IPTC digital source type of a picture made by a trained model. */
    public static final String DIGITAL_SOURCE_TYPE =
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    public PictureMetadata {
        Objects.requireNonNull(software, "software");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(negativePrompt, "negativePrompt");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(size, "size");
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    /**
     * What {@link PictureWriter} wrote into {@code file}; empty when the file is another's or its metadata are damaged.
     *
     * @param file a whole PNG, JPEG or WebP file
     */
    public static Optional<PictureMetadata> read(byte[] file) {
        return PictureFormat.sniff(file).flatMap(format -> {
            try {
                return XmpPacket.read(xmp(format, file));
            } catch (PictureException | IndexOutOfBoundsException e) {
                return Optional.empty();
            }
        });
    }

    private static byte[] xmp(PictureFormat format, byte[] file) {
        return switch (format) {
            case PNG -> PngText.find(new PngChunks(file), PngText.XMP);
            case JPEG ->
                new JpegSegments(file)
                        .starting(JpegSegments.APP1, JpegSegments.XMP).stream()
                                .findFirst()
                                .orElse(new byte[0]);
            case WEBP ->
                WebpChunks.list(file, WebpChunks.RIFF_HEADER, file.length).stream()
                        .filter(chunk -> chunk.kind().equals("XMP "))
                        .findFirst()
                        .map(chunk -> WebpChunks.data(file, chunk))
                        .orElse(new byte[0]);
            default -> new byte[0];
        };
    }

    /** The same with prompts of at most {@code most} characters, for files that have little room. */
    PictureMetadata withPromptsCutTo(int most) {
        return new PictureMetadata(
                software, model, cut(prompt, most), cut(negativePrompt, most), sampling, size, extra);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, splitsPair ? most - 1 : most);
    }

    /**
     * The text that the tools around Stable Diffusion show and parse: the prompt, a line with the negative prompt, a line of
     * {@code Key: value} pairs, where values with commas, colons or quotes are quoted as JSON strings are.
     */
    String parametersText() {
        StringBuilder out = new StringBuilder(prompt);
        if (!negativePrompt.isEmpty()) {
            out.append("\nNegative prompt: ").append(negativePrompt);
        }
        out.append("\nSteps: ").append(sampling.steps());
        out.append(", Sampler: Euler, CFG scale: ").append(sampling.guidanceScale());
        out.append(", Seed: ").append(sampling.seed());
        out.append(", Size: ").append(size);
        append(out, "Model", model);
        extra.forEach((key, value) -> append(out, key, value));
        append(out, "Version", software);
        return out.toString();
    }

    private static void append(StringBuilder out, String key, String value) {
        if (!value.isEmpty()) {
            boolean plain = value.chars().noneMatch(c -> c == ',' || c == ':' || c == '"' || c == '\n');
            out.append(", ").append(key).append(": ").append(plain ? value : XmpPacket.JSON.writeValueAsString(value));
        }
    }
}
