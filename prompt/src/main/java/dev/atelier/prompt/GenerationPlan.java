package dev.atelier.prompt;

import java.util.List;

/**
 * What will be made: everything that an engine needs but seeds and pictures.
 *
 * @param width of every picture, pixels, a multiple of the model's; 0 together with {@code height}: as the first reference,
 *     because neither the request nor the prompt names a size or shape
 * @param shots one a picture, in order, 1 to 15
 * @param negativePrompt the request's, with what the prompt excludes in words
 * @param reasons why the plan is as it is, each a sentence for people, and who made it
 * @param revisedPrompt the words used in place of the request's, for the answer; equal to it when nothing was rewritten
 */
public record GenerationPlan(
        Task task,
        int width,
        int height,
        List<Shot> shots,
        String negativePrompt,
        List<String> reasons,
        String revisedPrompt) {
    public GenerationPlan {
        shots = List.copyOf(shots);
        reasons = List.copyOf(reasons);
        if (shots.isEmpty() || shots.size() > SequenceWish.MAX_IMAGES) {
            throw new IllegalArgumentException("shots: " + shots.size() + " is not in 1 to 15");
        }
        if (width < 0 || height < 0 || (width == 0) != (height == 0)) {
            throw new IllegalArgumentException("size: " + width + "x" + height + " is no size");
        }
    }

    /** Whether each shot is made with the earlier ones as references. */
    public boolean linked() {
        return task == Task.SEQUENCE;
    }
}
