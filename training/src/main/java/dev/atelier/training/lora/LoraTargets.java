package dev.atelier.training.lora;

/** Which linear layers of a transformer get an adapter. */
public enum LoraTargets {
    /** Projections into and out of attention (in single-stream blocks fused with the feed-forward part). */
    ATTENTION,
    /** Every layer of the blocks: attention and feed-forward. */
    BLOCKS,
    /** The blocks, and the embedders, modulations and output around them. */
    ALL;

    /** @param layer full name within the transformer */
    boolean includes(String layer) {
        return switch (this) {
            case ATTENTION -> layer.contains(".attn.");
            case BLOCKS -> layer.startsWith("transformer_blocks.") || layer.startsWith("single_transformer_blocks.");
            case ALL -> true;
        };
    }
}
