package dev.atelier.engine.generation;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.QwenTokenizer;
import java.nio.file.Path;
import java.util.Collections;

/** Operations of the matrix products and attentions, a multiply-add counted as two; the rest is below one in a hundred. */
public final class WorkEstimate {
    private WorkEstimate() {}

    /** Operations of one prompt and of one step. */
    public record Operations(double text, double step) {}

    /**
     * By the configurations of {@code folder} alone.
     *
     * @throws IllegalArgumentException when the model makes no picture of that size
     */
    public static Operations of(Path folder, String prompt, int width, int height) {
        ModelIndex index = ModelIndex.read(folder);
        Qwen3Config text = Qwen3Config.read(folder.resolve("text_encoder"));
        TransformerConfig transformer = TransformerConfig.read(folder.resolve("transformer"));
        int multiple = ModelOutline.read(folder).sizeMultiple();
        Canvas canvas = Canvas.of(width, height, index.sizes(multiple), multiple);
        boolean guided = index.defaultGuidanceScale() > 1 && !index.distilled() && !transformer.guidanceEmbeds();
        try (QwenTokenizer tokenizer = QwenTokenizer.open(folder.resolve("tokenizer"))) {
            QwenTokenizer.Tokens padded = tokenizer.encodePrompt(prompt, index.maxSequenceLength());
            int tokens = index.textTokens(padded);
            return new Operations(
                    text(text, tokens, padded.length(), Collections.max(index.textEncoderOutLayers())),
                    (guided ? 2 : 1) * step(transformer, tokens, (long) canvas.rows() * canvas.columns(), 0));
        }
    }

    /**
     * @param tokens of the padded prompt
     * @param visible tokens that are no padding
     * @param layers decoder layers that run
     */
    public static double text(Qwen3Config c, long tokens, long visible, int layers) {
        double query = (double) c.numAttentionHeads() * c.headDim();
        double keyValue = (double) c.numKeyValueHeads() * c.headDim();
        double weights = c.hiddenSize() * (2 * query + 2 * keyValue + 3.0 * c.intermediateSize());
        return layers * (2 * tokens * weights + 4 * query * tokens * visible);
    }

    /** One pass of the transformer. @param cachedTokens whose keys and values are there already */
    public static double step(TransformerConfig c, long textTokens, long imageTokens, long cachedTokens) {
        double dim = c.dim();
        double tokens = textTokens + imageTokens;
        double block = 4 * dim * dim + 3 * dim * c.mlpDim();
        double attention = 4 * dim * tokens * (tokens + cachedTokens);
        double blocks = (double) c.numLayers() + c.numSingleLayers();
        double embedders = dim * (textTokens * (double) c.jointAttentionDim() + imageTokens * 2.0 * c.inChannels());
        return blocks * (2 * tokens * block + attention) + 2 * embedders;
    }
}
