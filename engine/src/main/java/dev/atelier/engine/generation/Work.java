package dev.atelier.engine.generation;

/** Kinds of work in a generation; each has a speed of its own. */
enum Work {
    /** Prompts to embeddings. */
    TEXT,
    /** References to latents, keys and values. */
    REFERENCES,
    /** Passes of the transformer: steps of whole pictures and of windows. */
    STEP,
    /** Pictures to latents. */
    ENCODE,
    /** Latents to pictures. */
    DECODE,
    /** Pictures to other sizes. */
    SCALE
}
