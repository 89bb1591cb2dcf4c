package dev.atelier.training.evaluation;

/** Hears how an evaluation goes on. */
public interface EvaluationListener {
    /** Hears nothing. */
    EvaluationListener NONE = new EvaluationListener() {};

    /** @param used share of the probe's training that is done, 0 to 1 */
    default void onProbe(double used) {}

    /**
     * A picture is made.
     *
     * @param done pictures of this part made so far, this one included
     * @param total pictures of this part
     */
    default void onPicture(Part part, int done, int total) {}

    /** A picture of an exam is made. */
    default void onExam(Exam exam, int done, int total) {}
}
