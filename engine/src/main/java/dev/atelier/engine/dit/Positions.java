package dev.atelier.engine.dit;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Tensors;
import java.util.function.LongUnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Coordinates (time, row, column, place in text) of tokens, float64 (tokens, 4). Source: diffusers {@code pipeline_flux2_klein.py}. */
public final class Positions {
    /** Reference i, counted from 0, stands at time {@code 10 + 10 i}; the image being made at time 0. */
    private static final int REFERENCE_TIME_STEP = 10;

    private Positions() {}

    public static Tensor text(long tokens) {
        return grid(tokens, _ -> 0, _ -> 0, _ -> 0, i -> i);
    }

    /** Tokens of the image being made, row by row. */
    public static Tensor image(long rows, long columns) {
        return grid(rows * columns, _ -> 0, i -> i / columns, i -> i % columns, _ -> 0);
    }

    /** Tokens of the {@code index}-th reference (from 0), row by row. */
    public static Tensor reference(int index, long rows, long columns) {
        long time = REFERENCE_TIME_STEP + (long) REFERENCE_TIME_STEP * index;
        return grid(rows * columns, _ -> time, i -> i / columns, i -> i % columns, _ -> 0);
    }

    private static Tensor grid(
            long tokens,
            LongUnaryOperator time,
            LongUnaryOperator row,
            LongUnaryOperator column,
            LongUnaryOperator place) {
        long[] out = new long[Math.toIntExact(tokens * TransformerConfig.AXES)];
        for (int i = 0; i < tokens; i++) {
            out[4 * i] = time.applyAsLong(i);
            out[4 * i + 1] = row.applyAsLong(i);
            out[4 * i + 2] = column.applyAsLong(i);
            out[4 * i + 3] = place.applyAsLong(i);
        }
        return Tensors.to(Tensors.of(out, tokens, TransformerConfig.AXES), DType.F64);
    }
}
