package dev.atelier.prompt;

/**
 * How many pictures a request wants.
 *
 * @param mode who decides the number
 * @param maxImages 1 to {@value #MAX_IMAGES}; 0: not named, which is one picture when disabled and the model's bound when auto
 */
public record SequenceWish(Mode mode, int maxImages) {
    public static final int MAX_IMAGES = 15;

    /** Who decides the number of pictures. */
    public enum Mode {
        /** The prompt, up to {@code maxImages}. */
        AUTO,
        /** The request: {@code maxImages} independent pictures of the whole prompt. */
        DISABLED
    }

    /** @throws InvalidRequestException when a bound is broken */
    public SequenceWish {
        if (maxImages < 0 || maxImages > MAX_IMAGES) {
            throw new InvalidRequestException("max_images", String.valueOf(maxImages), "1 to 15 is allowed");
        }
    }

    /** The prompt decides, up to what the model can. */
    public static SequenceWish auto() {
        return new SequenceWish(Mode.AUTO, 0);
    }

    public static SequenceWish auto(int maxImages) {
        return new SequenceWish(Mode.AUTO, maxImages);
    }

    /** {@code images} independent pictures. */
    public static SequenceWish disabled(int images) {
        return new SequenceWish(Mode.DISABLED, images);
    }
}
