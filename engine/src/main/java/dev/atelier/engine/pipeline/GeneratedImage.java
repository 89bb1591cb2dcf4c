package dev.atelier.engine.pipeline;

import dev.atelier.engine.image.Picture;

/**
 * A picture that a model made, with what reproduces it.
 *
 * @param index position in the request, from 0
 * @param prompt the prompt that the model saw
 * @param seconds wall time spent on this image: its share of the batch's steps, and its own finishing
 */
public record GeneratedImage(
        int index, Picture picture, String prompt, long seed, int steps, double guidanceScale, double seconds) {}
