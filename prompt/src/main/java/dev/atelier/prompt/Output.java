package dev.atelier.prompt;

import dev.atelier.engine.image.codec.PictureFormat;
import java.util.Locale;

/**
 * What the finished files are like.
 *
 * @param watermark whether a visible mark is drawn into a corner
 */
public record Output(Format format, boolean watermark) {
    /** File formats by their API names in lower case. */
    public enum Format {
        PNG,
        JPEG,
        WEBP;

        /** What files of this format are; it has the same name. */
        public PictureFormat file() {
            return PictureFormat.valueOf(name());
        }

        /**
         * Reads {@code png}, {@code jpeg}, {@code jpg} or {@code webp}; an empty text is {@code png}.
         *
         * @throws InvalidRequestException when it is none of them
         */
        public static Format parse(String text) {
            String word = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
            return switch (word) {
                case "", "png" -> PNG;
                case "jpeg", "jpg" -> JPEG;
                case "webp" -> WEBP;
                default ->
                    throw new InvalidRequestException(
                            "output_format",
                            "\"" + word.substring(0, Math.min(word.length(), 40)) + "\" is not known",
                            "png, jpeg or webp is needed");
            };
        }
    }

    /** PNG without a mark. */
    public static Output defaults() {
        return new Output(Format.PNG, false);
    }
}
