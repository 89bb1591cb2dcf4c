package dev.atelier.prompt;

import java.util.List;

/**
 * What will be made: everything that an engine needs but seeds and pictures.
 *
 * @param size of every picture; open when neither the request nor the prompt names a shape and there is a reference
 * @param shots one a picture, in order, 1 to 15
 * @param negativePrompt the request's, with what the prompt excludes in words
 * @param reasons why the plan is as it is, each a sentence for people, and who made it
 * @param revisedPrompt the words used in place of the request's, for the answer; equal to it when nothing was rewritten
 */
public record GenerationPlan(
        Task task,
        PlannedSize size,
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
    }

    /** Whether each shot is made with the earlier ones as references. */
    public boolean linked() {
        return task == Task.SEQUENCE;
    }
}
