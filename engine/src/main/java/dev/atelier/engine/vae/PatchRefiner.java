package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A small convolutional network that corrects what a linear transform leaves of a picture: it sharpens edges and takes away ripples
 * and noise. It works on cells of 4x4 pixels (pixel unshuffle, Shi et al. 2016) without normalisation, so what it does to a place
 * depends on the cells around it alone, and a picture may be done in tiles. Keys: {@code refiner.conv1},
 * {@code refiner.blocks.N.conv1|conv2}, {@code refiner.conv2}.
 */
public final class PatchRefiner {
    /** Pixels a side of a cell; sides of pictures are multiples of it. */
    public static final int CELL = 4;

    private static final int CHANNELS = 3 * CELL * CELL;
    /** Tiles of larger pictures; each cell sees {@code 2 (blocks + 1)} cells around it, far less than the overlap. */
    private static final Tiling TILING = Tiling.of(CELL, 1024, 128);

    private final Conv2d conv1; // (W, 48, 3, 3)
    private final List<Block> blocks = new ArrayList<>();
    private final Conv2d conv2; // (48, W, 3, 3)

    private record Block(Conv2d conv1, Conv2d conv2) {
        Tensor forward(Tensor x) {
            return Scopes.scoped(() -> x.add(conv2.forward(torch.silu(conv1.forward(x)))));
        }
    }

    /**
     * @param layers at the autoencoder
     * @param width channels of the blocks
     */
    public PatchRefiner(Layers layers, int width, int blocks) {
        Layers refiner = layers.at("refiner");
        conv1 = refiner.conv("conv1", CHANNELS, width, Conv2d.Geometry.SAME_3X3);
        for (int i = 0; i < blocks; i++) {
            Layers block = refiner.at("blocks", i);
            this.blocks.add(new Block(
                    block.conv("conv1", width, width, Conv2d.Geometry.SAME_3X3),
                    block.conv("conv2", width, width, Conv2d.Geometry.SAME_3X3)));
        }
        conv2 = refiner.conv("conv2", width, CHANNELS, Conv2d.Geometry.SAME_3X3);
    }

    /** @param image (B, 3, H, W) in -1 to 1 or a little beyond, sides multiples of {@link #CELL} @return the same shape */
    public Tensor forward(Tensor image) {
        return forward(image, () -> {});
    }

    /** As {@link #forward(Tensor)}. @param afterTile runs after each of {@link #tiles} tiles; may throw to stop */
    Tensor forward(Tensor image, Runnable afterTile) {
        UnaryOperator<Tensor> tile = part -> {
            Tensor out = correct(part);
            afterTile.run();
            return out;
        };
        return tiles(image.size(2), image.size(3)) == 1 ? tile.apply(image) : TILING.map(image, tile);
    }

    /** Number of tiles in which a picture of this size is computed. */
    static int tiles(long height, long width) {
        return TILING.count(height / CELL, width / CELL);
    }

    private Tensor correct(Tensor image) {
        return Scopes.scoped(() -> {
            Tensor x = conv1.forward(torch.pixel_unshuffle(image, CELL));
            for (Block block : blocks) {
                x = block.forward(x);
            }
            return image.add(torch.pixel_shuffle(conv2.forward(torch.silu(x)), CELL));
        });
    }
}
