package dev.atelier.prompt;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What will be made: everything that an engine needs but seeds and pictures.
 *
 * @param size of every picture; open when neither the request nor the prompt names a shape and there is a reference
 * @param shots one a picture, in order, 1 to 15
 * @param negativePrompt the request's, with what the prompt excludes in words
 * @param reasons why the plan is as it is, each a sentence for people, and who made it
 * @param warnings what of the request is not met, replaced or left out, each a plain sentence for people; empty: nothing. Plans
 *     stored before warnings existed have none
 * @param revisedPrompt the words used in place of the request's, for the answer; equal to it when nothing was rewritten
 */
public record GenerationPlan(
        Task task,
        PlannedSize size,
        List<Shot> shots,
        String negativePrompt,
        List<String> reasons,
        List<String> warnings,
        String revisedPrompt) {
    public GenerationPlan {
        shots = List.copyOf(shots);
        reasons = List.copyOf(reasons);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        if (shots.isEmpty() || shots.size() > SequenceWish.MAX_IMAGES) {
            throw new IllegalArgumentException("shots: " + shots.size() + " is not in 1 to 15");
        }
    }

    /** A plan whose task and revised prompt follow from its shots; several that the prompt asks for are a sequence. */
    public static GenerationPlan of(
            GenerationRequest request,
            PlannedSize size,
            List<Shot> shots,
            String negativePrompt,
            List<String> reasons,
            List<String> warnings) {
        return new GenerationPlan(task(request, shots), size, shots, negativePrompt, reasons, warnings, revised(shots));
    }

    private static Task task(GenerationRequest request, List<Shot> shots) {
        if (shots.size() > 1 && request.sequence().mode() == SequenceWish.Mode.AUTO) {
            return Task.SEQUENCE;
        }
        return alone(shots.getFirst());
    }

    private static Task alone(Shot shot) {
        return switch (shot.references().size()) {
            case 0 -> Task.TEXT_TO_IMAGE;
            case 1 -> Task.EDIT;
            default -> Task.COMPOSE;
        };
    }

    private static String revised(List<Shot> shots) {
        String first = shots.getFirst().prompt();
        if (shots.stream().allMatch(shot -> shot.prompt().equals(first))) {
            return first;
        }
        return IntStream.range(0, shots.size())
                .mapToObj(k -> (k + 1) + ". " + shots.get(k).prompt())
                .collect(Collectors.joining("\n"));
    }

    /** The same shots, none of which knows the others: each is made from its own references alone. */
    public GenerationPlan independent() {
        return new GenerationPlan(
                alone(shots.getFirst()), size, shots, negativePrompt, reasons, warnings, revisedPrompt);
    }

    /** The same plan with shots that say the same in other words, and what is to be told of that. */
    public GenerationPlan inOtherWords(List<Shot> shots, List<String> reasons, List<String> warnings) {
        return new GenerationPlan(task, size, shots, negativePrompt, reasons, warnings, revised(shots));
    }

    /** Whether its pictures start from different references. */
    public boolean mixed() {
        return shots.stream().map(Shot::references).distinct().count() > 1;
    }

    /** Whether each shot is made with the earlier ones as references. */
    public boolean linked() {
        return task == Task.SEQUENCE;
    }
}
