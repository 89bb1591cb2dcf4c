package dev.atelier.engine.lora;

import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Which rows of a trained layer's output are those of a layer of the model. */
enum Rows {
    ALL(1),
    FIRST_THIRD(3),
    SECOND_THIRD(3),
    LAST_THIRD(3),
    /** All, but what the model has last comes first. */
    HALVES_SWAPPED(2);

    private final int parts;

    Rows(int parts) {
        this.parts = parts;
    }

    /** How many equal parts the trained layer's output must have. */
    int parts() {
        return parts;
    }

    /** @param up (out, r) with a number of rows that {@link #parts} divides */
    Tensor of(Tensor up) {
        long part = up.size(0) / parts;
        return switch (this) {
            case ALL -> up;
            case FIRST_THIRD -> up.narrow(0, 0, part);
            case SECOND_THIRD -> up.narrow(0, part, part);
            case LAST_THIRD -> up.narrow(0, 2 * part, part);
            case HALVES_SWAPPED -> Tensors.cat(0, up.narrow(0, part, part), up.narrow(0, 0, part));
        };
    }
}
