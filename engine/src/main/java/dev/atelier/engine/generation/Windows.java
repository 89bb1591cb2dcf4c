package dev.atelier.engine.generation;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Overlapping windows of one size over a grid of latents, in batches that the model takes at once.
 *
 * @param rows of a window, tokens
 * @param columns of a window, tokens
 * @param batches upper left corners; together they cover what is wanted
 */
record Windows(int rows, int columns, List<List<Corner>> batches) {
    /** Tokens of a batch, so that memory does not grow with the picture. */
    private static final int BATCH_TOKENS = 2048;

    private static final int LEAST_OVERLAP = 4;

    /** Row and column of a window's first token. */
    record Corner(int top, int left) {}

    /**
     * @param rows of the grid
     * @param columns of the grid
     * @param side tokens of a window where the grid is large enough
     * @param wanted whether a token has to be covered, row by row; null: all
     */
    static Windows over(int rows, int columns, int side, float[] wanted) {
        int height = Math.min(side, rows);
        int width = Math.min(side, columns);
        int overlap = Math.max(side / 4, Math.min(LEAST_OVERLAP, side / 2));
        int atOnce = Math.max(1, BATCH_TOKENS / (height * width));
        List<List<Corner>> batches = new ArrayList<>();
        List<Corner> batch = new ArrayList<>();
        for (int top : starts(rows, height, overlap)) {
            for (int left : starts(columns, width, overlap)) {
                if (wanted == null || anyWanted(wanted, columns, new Corner(top, left), height, width)) {
                    batch.add(new Corner(top, left));
                }
                if (batch.size() == atOnce) {
                    batches.add(List.copyOf(batch));
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return new Windows(height, width, batches);
    }

    /**
     * Windows that overlap only where the grid is no multiple of them.
     *
     * @param side tokens of a window where the grid is large enough
     */
    static Windows sideBySide(int rows, int columns, int side) {
        int height = Math.min(side, rows);
        int width = Math.min(side, columns);
        List<Corner> corners = new ArrayList<>();
        for (int top : starts(rows, height, 0)) {
            for (int left : starts(columns, width, 0)) {
                corners.add(new Corner(top, left));
            }
        }
        int atOnce = Math.max(1, BATCH_TOKENS / (height * width));
        List<List<Corner>> batches = new ArrayList<>();
        for (int at = 0; at < corners.size(); at += atOnce) {
            batches.add(List.copyOf(corners.subList(at, Math.min(corners.size(), at + atOnce))));
        }
        return new Windows(height, width, batches);
    }

    private static boolean anyWanted(float[] wanted, int columns, Corner corner, int height, int width) {
        for (int y = corner.top(); y < corner.top() + height; y++) {
            for (int x = corner.left(); x < corner.left() + width; x++) {
                if (wanted[y * columns + x] > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Integer> starts(int length, int window, int overlap) {
        List<Integer> out = new ArrayList<>();
        int count = length <= window ? 1 : Math.ceilDiv(length - overlap, window - overlap);
        for (int i = 0; i < count; i++) {
            out.add(count == 1 ? 0 : Math.round((float) i * (length - window) / (count - 1)));
        }
        return out;
    }

    /** How much each token of a window counts, (1, 1, rows, columns): raised cosines, smooth and nearly nothing at the edges. */
    Tensor weights() {
        float[] out = new float[rows * columns];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (hann(i / columns, rows) * hann(i % columns, columns));
        }
        return Tensors.to(Tensors.of(out, 1, 1, rows, columns), DType.F32);
    }

    private static double hann(int at, int length) {
        double sine = Math.sin(Math.PI * (at + 0.5) / length);
        return sine * sine;
    }

    /** The tokens of one window. @param grid (B, C, h, w) */
    Tensor part(Tensor grid, Corner corner) {
        return grid.narrow(2, corner.top(), rows).narrow(3, corner.left(), columns);
    }
}
