package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;

/** A model as its users meet it: with the prompt planned, and its letters laid out, as a request's are. */
public interface ExamModel {
    String name();

    /** @param seed of the noise */
    Picture draw(String prompt, long seed);
}
