package dev.atelier.engine.vae;

import dev.atelier.engine.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Does a picture in overlapping tiles, so that memory does not grow with it. Tiles of one size cover the picture; where they
 * overlap, their results are blended with weights that rise linearly from the tile's edge, so that no seam shows.
 *
 * @param scale pixels a side of one latent pixel
 * @param tile latent pixels a side of a tile
 * @param overlap latent pixels that neighbouring tiles share at least
 */
record Tiling(int scale, int tile, int overlap) {
    static Tiling of(int scale, int tilePixels, int overlapPixels) {
        return new Tiling(scale, tilePixels / scale, overlapPixels / scale);
    }

    /** @param latent (B, z, h, w) @param decode one tile's decoder @return (B, 3, h·s, w·s) */
    Tensor decode(Tensor latent, UnaryOperator<Tensor> decode) {
        return blend(latent, decode, 1, scale);
    }

    /** @param image (B, 3, H, W), sides multiples of the scale @param encode one tile's encoder @return (B, z, H/s, W/s) */
    Tensor encode(Tensor image, UnaryOperator<Tensor> encode) {
        return blend(image, encode, scale, 1);
    }

    /** @param image (B, 3, H, W), sides multiples of the scale @param change what is done to one tile, keeping its shape */
    Tensor map(Tensor image, UnaryOperator<Tensor> change) {
        return blend(image, change, scale, scale);
    }

    /** @param inScale input pixels a latent pixel @param outScale output pixels a latent pixel */
    private Tensor blend(Tensor input, UnaryOperator<Tensor> run, int inScale, int outScale) {
        return Scopes.scoped(() -> {
            long rows = input.size(2) / inScale;
            long columns = input.size(3) / inScale;
            Tensor out = null;
            Tensor weights = null;
            for (long top : starts(rows)) {
                for (long left : starts(columns)) {
                    long height = Math.min(tile, rows);
                    long width = Math.min(tile, columns);
                    Tensor result = Scopes.scoped(() -> run.apply(input.narrow(2, top * inScale, height * inScale)
                            .narrow(3, left * inScale, width * inScale)));
                    if (out == null) {
                        TensorOptions options = result.options();
                        out = torch.zeros(
                                new long[] {result.size(0), result.size(1), rows * outScale, columns * outScale},
                                options);
                        weights = torch.zeros(new long[] {1, 1, rows * outScale, columns * outScale}, options);
                    }
                    Tensor sum = out;
                    Tensor weightSum = weights;
                    Scopes.run(() -> {
                        Tensor weight =
                                window(result.size(2), result.size(3), (long) overlap * outScale, result.options());
                        region(sum, top * outScale, left * outScale, result).add_(result.mul(weight));
                        region(weightSum, top * outScale, left * outScale, result)
                                .add_(weight);
                    });
                    result.close();
                }
            }
            return out.div_(weights);
        });
    }

    private static Tensor region(Tensor whole, long top, long left, Tensor tile) {
        return whole.narrow(2, top, tile.size(2)).narrow(3, left, tile.size(3));
    }

    /** Weights (1, 1, h, w) that rise linearly over {@code ramp} pixels from every edge. */
    private static Tensor window(long h, long w, long ramp, TensorOptions options) {
        return ramp(h, ramp, options)
                .view(1, 1, -1, 1)
                .mul(ramp(w, ramp, options).view(1, 1, 1, -1));
    }

    private static Tensor ramp(long length, long ramp, TensorOptions options) {
        Tensor up = torch.arange(new Scalar(1.0), new Scalar(length + 1.0), options);
        Tensor nearest = torch.minimum(up, up.flip(0));
        return nearest.div(new Scalar((double) Math.max(1, ramp))).clamp_max(new Scalar(1.0));
    }

    /** Tiles of latents of {@code rows} x {@code columns}. */
    int count(long rows, long columns) {
        return starts(rows).size() * starts(columns).size();
    }

    /** Where tiles begin along a side: evenly spread, the last one ending at the edge. */
    List<Long> starts(long length) {
        if (length <= tile) {
            return List.of(0L);
        }
        long count = Math.ceilDiv(length - overlap, tile - overlap);
        List<Long> out = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            out.add(Math.round((double) i * (length - tile) / (count - 1)));
        }
        return out;
    }
}
