package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Norms;
import org.bytedeco.pytorch.Tensor;

/** Group norm with weight and bias, eps 1e-6 as everywhere in the autoencoder. */
final class GroupNorm {
    private static final double EPS = 1e-6;

    private final Tensor weight;
    private final Tensor bias;
    private final int groups;

    GroupNorm(Layers layers, String name, int channels, int groups) {
        this.groups = groups;
        weight = layers.tensor(name + ".weight", channels);
        bias = layers.tensor(name + ".bias", channels);
    }

    Tensor forward(Tensor x) {
        return Norms.groupNorm(x, groups, weight, bias, EPS);
    }
}
