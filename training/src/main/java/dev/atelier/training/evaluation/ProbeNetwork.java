package dev.atelier.training.evaluation;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.FactSchema;
import dev.atelier.world.scene.Labels;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A small residual network that reads all attributes of a picture at once. Each aspect looks at the grid of features with queries of
 * its own (softmax attention over positions) and classifies what they gather, so that the colour of the left thing is read where the
 * left thing stands; aspects with the same vocabulary share the classifier, so that a colour learnt on a wall is known on a mug. B batch, A aspects, V vocabularies, K classes, P = {@value #POSITIONS} positions, D = {@value #DIM} channels, Q = {@value #QUERIES}
 * queries.
 */
final class ProbeNetwork implements AutoCloseable {
    /** Pixels a side of the pictures it sees. */
    static final int SIDE = 96;

    static final int DIM = 128;
    static final int QUERIES = 2;

    private static final int FINE_DIM = 64;
    private static final int GROUPS = 8;
    private static final double EPS = 1e-5;
    private static final int POSITIONS = 64;
    private static final Conv2d.Geometry PATCH = new Conv2d.Geometry(6, 6, 0);
    private static final Conv2d.Geometry HALVE = new Conv2d.Geometry(3, 2, 1);

    private final Conv2d stem; // 3 -> 64, 96x96 -> 16x16
    private final Block fine; // 64
    private final Convolution halve; // 64 -> 128, 8x8
    private final List<Block> deep; // 128
    private final Norm norm;
    private final Tensor position; // (P, D)
    private final Tensor queries; // (A·Q, D)
    private final List<Heads> heads;

    /**
     * @param logits (B, A, K), one for each of {@link Labels#BLOCKS}
     * @param gathered (B, A, Q·D), what each aspect's queries gather
     * @param features (B, D), the mean over positions
     */
    record Output(List<Tensor> logits, Tensor gathered, Tensor features) {}

    /** Group norm with weight and bias, then SiLU. */
    private record Norm(Tensor weight, Tensor bias) {
        Norm(Layers layers, long channels) {
            this(layers.tensor("weight", channels), layers.tensor("bias", channels));
        }

        Tensor forward(Tensor x) {
            return torch.silu(Norms.groupNorm(x, GROUPS, weight, bias, EPS));
        }
    }

    /** A convolution whose kernels are the rows of a matrix (out, in·kernel·kernel), as Muon updates them. */
    private record Convolution(Tensor matrix, Tensor bias, long in, Conv2d.Geometry geometry) {
        Convolution(Layers layers, long in, long out, Conv2d.Geometry geometry) {
            this(
                    layers.embedding("kernels", out, in * geometry.kernel() * geometry.kernel())
                            .weight(),
                    layers.tensor("bias", out),
                    in,
                    geometry);
        }

        Tensor forward(Tensor x) {
            Tensor kernels = matrix.view(matrix.size(0), in, geometry.kernel(), geometry.kernel());
            return new Conv2d(kernels, bias, geometry).forward(x);
        }
    }

    private record Block(Norm norm1, Convolution conv1, Norm norm2, Convolution conv2) {
        Block(Layers layers, long channels) {
            this(
                    new Norm(layers.at("norm1"), channels),
                    new Convolution(layers.at("conv1"), channels, channels, Conv2d.Geometry.SAME_3X3),
                    new Norm(layers.at("norm2"), channels),
                    new Convolution(layers.at("conv2"), channels, channels, Conv2d.Geometry.SAME_3X3));
        }

        Tensor forward(Tensor x) {
            return x.add(conv2.forward(norm2.forward(conv1.forward(norm1.forward(x)))));
        }
    }

    /**
     * The classifiers of a block of aspects.
     *
     * @param weights (V·K, Q·D), one a vocabulary
     * @param bias (A, K)
     * @param vocabularies (A), which classifier is whose
     * @param impossible (A, K), -1e9 where an aspect has fewer classes
     */
    private record Heads(Labels.Block block, Tensor weights, Tensor bias, Tensor vocabularies, Tensor impossible) {
        static Heads of(Layers layers, Labels.Block block) {
            float[] impossible = new FactSchema.Block(block.sizes()).impossible();
            long[] whose =
                    block.vocabularies().stream().mapToLong(Integer::longValue).toArray();
            return new Heads(
                    block,
                    layers.embedding("heads", (long) block.different() * block.classes(), (long) QUERIES * DIM)
                            .weight(),
                    layers.tensor("bias", block.aspects(), block.classes()),
                    Scopes.owned(() -> Tensors.of(whose, block.aspects())),
                    Scopes.owned(() -> Tensors.of(impossible, block.aspects(), block.classes())));
        }

        /** @param gathered (B, A, Q·D) of all aspects  @return (B, A, K) of the block's */
        Tensor forward(Tensor gathered) {
            Tensor mine = gathered.narrow(1, block.first(), block.aspects());
            Tensor each = weights.view(block.different(), block.classes(), (long) QUERIES * DIM)
                    .index_select(0, vocabularies); // (A, K, Q·D)
            return torch.bmm(mine.transpose(0, 1), each.transpose(1, 2)) // (A, B, K)
                    .transpose(0, 1)
                    .add(bias)
                    .add(impossible);
        }

        void close() {
            impossible.close();
            vocabularies.close();
        }
    }

    ProbeNetwork(Layers layers) {
        stem = layers.conv("stem", 3, FINE_DIM, PATCH);
        fine = new Block(layers.at("layers", 0), FINE_DIM);
        halve = new Convolution(layers.at("layers.halve"), FINE_DIM, DIM, HALVE);
        deep = List.of(
                new Block(layers.at("layers", 1), DIM),
                new Block(layers.at("layers", 2), DIM),
                new Block(layers.at("layers", 3), DIM));
        norm = new Norm(layers.at("norm"), DIM);
        position = layers.embedding("position", POSITIONS, DIM).weight();
        queries = layers.embedding("queries", (long) Labels.ASPECTS * QUERIES, DIM)
                .weight();
        heads = IntStream.range(0, Labels.BLOCKS.size())
                .mapToObj(i -> Heads.of(layers.at("classes", i), Labels.BLOCKS.get(i)))
                .toList();
    }

    /** @param images (B, 3, {@value #SIDE}, {@value #SIDE}), -1 to 1 */
    Output forward(Tensor images) {
        Tensor x = halve.forward(fine.forward(stem.forward(images)));
        for (Block block : deep) {
            x = block.forward(x);
        }
        x = norm.forward(x);
        Tensor tokens = x.flatten(2, 3).transpose(1, 2); // (B, P, D)
        Tensor placed = tokens.add(position);
        // Not divided by the root of D: queries begin small and have few steps to learn where to look.
        Tensor scores = placed.matmul(queries.t()); // (B, P, A·Q)
        Tensor gathered = torch.softmax(scores, 1)
                .transpose(1, 2)
                .matmul(placed)
                .reshape(x.size(0), Labels.ASPECTS, (long) QUERIES * DIM);
        List<Tensor> logits = heads.stream().map(head -> head.forward(gathered)).toList();
        return new Output(logits, gathered, tokens.mean(1L));
    }

    @Override
    public void close() {
        heads.forEach(Heads::close);
    }
}
