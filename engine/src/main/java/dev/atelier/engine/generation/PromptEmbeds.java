package dev.atelier.engine.generation;

import org.bytedeco.pytorch.Tensor;

/**
 * A prompt as the transformer takes it.
 *
 * @param positive (1, L, J)
 * @param negative (1, L, J); null without classifier-free guidance
 */
record PromptEmbeds(Tensor positive, Tensor negative) {}
