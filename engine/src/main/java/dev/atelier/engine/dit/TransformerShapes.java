package dev.atelier.engine.dit;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a transformer's tensors say of its configuration, for files that come without one. They say all but how the numbers of a head are shared
 * among the four position axes, equally in every FLUX.2, and the base of the rotary frequencies (2000).
 */
final class TransformerShapes {
    private static final Pattern BLOCK = Pattern.compile("(single_)?transformer_blocks\\.(\\d{1,4})\\..+");

    private TransformerShapes() {}

    /** @throws EngineException when tensors are missing that every FLUX.2 transformer has, or their shapes do not fit together */
    static JsonConfig config(Weights weights) {
        int doubles = blocks(weights, false);
        int singles = blocks(weights, true);
        if (doubles + singles == 0) {
            throw new EngineException(weights.path() + ": holds no block of a FLUX.2 transformer");
        }
        String first = doubles > 0 ? "transformer_blocks.0." : "single_transformer_blocks.0.";
        long[] embedder = matrix(weights, "x_embedder.weight");
        long dim = Math.max(1, embedder[0]);
        long headDim = Math.max(1, weights.shape(first + "attn.norm_q.weight")[0]);
        if (dim % headDim != 0 || headDim % (2 * TransformerConfig.AXES) != 0) {
            throw new EngineException(weights.path() + ": width " + dim + " and heads of " + headDim
                    + " numbers are none of a FLUX.2; a config.json beside it would say more");
        }
        long inner = doubles > 0
                ? matrix(weights, first + "ff.linear_in.weight")[0] / 2
                : (matrix(weights, first + "attn.to_qkv_mlp_proj.weight")[0] - 3 * dim) / 2;
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("in_channels", embedder[1]);
        config.put("out_channels", matrix(weights, "proj_out.weight")[0]);
        config.put("num_layers", doubles);
        config.put("num_single_layers", singles);
        config.put("attention_head_dim", headDim);
        config.put("num_attention_heads", dim / headDim);
        config.put("joint_attention_dim", matrix(weights, "context_embedder.weight")[1]);
        config.put(
                "timestep_guidance_channels",
                matrix(weights, "time_guidance_embed.timestep_embedder.linear_1.weight")[1]);
        config.put("mlp_ratio", ratio(inner, dim));
        config.put("axes_dims_rope", Collections.nCopies(TransformerConfig.AXES, headDim / TransformerConfig.AXES));
        config.put("guidance_embeds", weights.has("time_guidance_embed.guidance_embedder.linear_1.weight"));
        return JsonConfig.of(weights.path() + ": (by the shapes of its tensors)", config);
    }

    /** The quotient, a little larger where rounding would make the product one too small. */
    private static double ratio(long inner, long dim) {
        double exact = (double) inner / dim;
        return (long) (dim * exact) == inner ? exact : (inner + 0.5) / dim;
    }

    private static long[] matrix(Weights weights, String name) {
        long[] shape = weights.shape(name);
        if (shape.length != 2) {
            throw new EngineException(
                    weights.path() + ": " + name + ": expected a matrix, found " + java.util.Arrays.toString(shape));
        }
        return shape;
    }

    private static int blocks(Weights weights, boolean single) {
        int most = -1;
        for (String name : weights.names()) {
            Matcher block = BLOCK.matcher(name);
            if (block.matches() && (block.group(1) != null) == single) {
                most = Math.max(most, Integer.parseInt(block.group(2)));
            }
        }
        return most + 1;
    }
}
