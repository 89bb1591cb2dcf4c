package dev.atelier.springai;

import dev.atelier.api.ImageView;
import org.springframework.ai.image.ImageGenerationMetadata;

/**
 * How a picture was made.
 *
 * @param index of the picture in its order, from 0
 * @param seed that draws it again
 * @param prompt as the model saw it
 * @param width pixels; 0: not known
 * @param height pixels; 0: not known
 */
public record AtelierImageMetadata(int index, long seed, String prompt, int width, int height)
        implements ImageGenerationMetadata {
    static AtelierImageMetadata of(ImageView image) {
        return new AtelierImageMetadata(
                image.index(), image.seed(), image.prompt(), orZero(image.width()), orZero(image.height()));
    }

    private static int orZero(Integer pixels) {
        return pixels == null ? 0 : pixels;
    }
}
