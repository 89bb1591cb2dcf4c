package dev.atelier.engine.reference;

/** Mistakes that a comparison with the reference must notice: the reference makes them on purpose. */
public enum Fault {
    NONE,
    /** Modulation of the blocks read as scale, shift, gate. */
    BLOCK_SCALE_FIRST,
    /** The last layer's modulation read as shift, scale. */
    LAST_SHIFT_FIRST,
    TRANSFORMER_WITHOUT_ROPE,
    /** Rotary pairs (j, j + E/2) instead of (2j, 2j + 1). */
    TRANSFORMER_ROPE_IN_HALVES,
    TEXT_WITHOUT_ROPE,
    TEXT_PADDING_SEEN,
    TEXT_TAP_MOVED,
    /** Image tokens before text tokens in the single blocks. */
    IMAGE_BEFORE_TEXT,
    /** References all at the same time. */
    REFERENCES_AT_ONE_TIME,
    /** Cached references at the time of the image instead of time 0. */
    CACHE_AT_IMAGE_TIME,
    /** Latents unpatched as (row, column, channel). */
    PATCH_ORDER,
    /** Zeros on all four sides before the autoencoder halves a picture. */
    DOWNSAMPLING_PADDED_EVENLY,
    /** Statistics of the latents without eps. */
    LATENTS_WITHOUT_EPS,
    /** The noise levels as they are, unshifted. */
    SCHEDULE_UNSHIFTED
}
