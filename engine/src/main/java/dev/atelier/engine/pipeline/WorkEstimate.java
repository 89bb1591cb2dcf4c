package dev.atelier.engine.pipeline;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.text.Qwen3Config;

/** Operations of the matrix products and attentions, a multiply-add counted as two; the rest is below one in a hundred. */
final class WorkEstimate {
    private WorkEstimate() {}

    /**
     * @param tokens of the padded prompt
     * @param visible tokens that are no padding
     * @param layers decoder layers that run
     */
    static double text(Qwen3Config c, long tokens, long visible, int layers) {
        double query = (double) c.numAttentionHeads() * c.headDim();
        double keyValue = (double) c.numKeyValueHeads() * c.headDim();
        double weights = c.hiddenSize() * (2 * query + 2 * keyValue + 3.0 * c.intermediateSize());
        return layers * (2 * tokens * weights + 4 * query * tokens * visible);
    }

    /** One pass of the transformer. @param cachedTokens whose keys and values are there already */
    static double step(TransformerConfig c, long textTokens, long imageTokens, long cachedTokens) {
        double dim = c.dim();
        double tokens = textTokens + imageTokens;
        double block = 4 * dim * dim + 3 * dim * c.mlpDim();
        double attention = 4 * dim * tokens * (tokens + cachedTokens);
        double blocks = (double) c.numLayers() + c.numSingleLayers();
        double embedders = dim * (textTokens * (double) c.jointAttentionDim() + imageTokens * 2.0 * c.inChannels());
        return blocks * (2 * tokens * block + attention) + 2 * embedders;
    }
}
