package dev.atelier.training.lora;

import java.nio.file.Path;
import java.util.List;

/**
 * An example as the network takes it, in files.
 *
 * @param latents safetensors file of {@code target} (1, C, h, w) and {@code reference_N}, N from 0
 * @param prompt safetensors file of {@code embeds} (1, T, J)
 */
public record EncodedExample(Shape shape, Path latents, Path prompt) {
    /** Tokens of a picture. */
    public record Grid(long rows, long columns) {
        public long tokens() {
            return rows * columns;
        }
    }

    /** Examples of one shape can be computed together. */
    public record Shape(Grid target, List<Grid> references) {
        public Shape {
            references = List.copyOf(references);
        }
    }
}
