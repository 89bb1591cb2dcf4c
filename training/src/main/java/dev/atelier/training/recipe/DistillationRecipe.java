package dev.atelier.training.recipe;

/**
 * Learning to sample in few steps without guidance, from the model as it was at the stage's beginning.
 *
 * @param steps of the student's schedule, whose noise levels are shifted as the sampling's
 * @param substeps of the teacher for each of them
 * @param guidance of the teacher
 * @param rate AdamW's learning rate, falling linearly over the stage
 */
public record DistillationRecipe(int steps, int substeps, double guidance, double rate) {
    public DistillationRecipe {
        Bounds.atLeast("stages: distil: steps", steps, 1);
        Bounds.atLeast("stages: distil: substeps", substeps, 1);
        Bounds.between("stages: distil: guidance", guidance, 1, 100);
        Bounds.above("stages: distil: rate", rate, 0);
    }
}
