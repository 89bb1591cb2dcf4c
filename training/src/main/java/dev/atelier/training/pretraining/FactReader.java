package dev.atelier.training.pretraining;

import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.Caption;
import dev.atelier.training.dataset.FactSchema;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Linear heads that name, from the last token of a prompt embedding, every fact that a caption states: the colour of the left thing,
 * the weather, the clothes. They are there while the text encoder learns and are thrown away with the run. From pictures alone an
 * encoder that starts from nothing finds out late which colour goes with which noun; captions of a rendered world say it for free, in
 * both languages alike.
 */
final class FactReader implements AutoCloseable {
    private static final double EPS = 1e-6;

    private final FactSchema facts;
    private final List<Linear> heads = new ArrayList<>(); // (A·K, J), one a block of aspects
    private final List<Tensor> impossible = new ArrayList<>(); // (A, K)

    /** @param width J of the prompt embedding */
    FactReader(FactSchema facts, Layers layers, long width, Device device) {
        this.facts = facts;
        for (FactSchema.Block block : facts.blocks()) {
            long rows = (long) block.aspects() * block.classes();
            heads.add(layers.at("heads", heads.size()).linear("classes", width, rows));
            impossible.add(Scopes.owned(
                    () -> Tensors.to(Tensors.of(block.impossible(), block.aspects(), block.classes()), device)));
        }
    }

    /**
     * The mean cross-entropy of the facts stated, in nats.
     *
     * @param embeds (B, L, J) of the captions' texts
     * @param lengths tokens of each that are no padding
     */
    Tensor loss(Tensor embeds, int[] lengths, List<Caption> captions, Device device) {
        int count = captions.size();
        long[] last = new long[count];
        int aspects = facts.aspects();
        long[] labels = new long[count * aspects];
        float[] weights = new float[labels.length];
        for (int i = 0; i < count; i++) {
            last[i] = i * embeds.size(1) + lengths[i] - 1;
            for (Caption.Fact fact : captions.get(i).facts()) {
                int at = i * aspects + fact.aspect();
                labels[at] = fact.value();
                weights[at] = 1;
            }
        }
        Tensor summary = embeds.flatten(0, 1).index_select(0, Tensors.to(Tensors.of(last, count), device));
        Tensor normed = Norms.layerNorm(summary, EPS);
        List<Tensor> logits = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            FactSchema.Block block = facts.blocks().get(i);
            logits.add(Tensors.to(heads.get(i).forward(normed), DType.F32)
                    .view(count, block.aspects(), block.classes())
                    .add(impossible.get(i)));
        }
        return AspectLoss.of(
                logits,
                Tensors.to(Tensors.of(labels, count, aspects), device),
                Tensors.to(Tensors.of(weights, count, aspects), device));
    }

    @Override
    public void close() {
        impossible.forEach(Tensor::close);
    }
}
