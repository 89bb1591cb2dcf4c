package dev.atelier.studio;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import java.util.Arrays;
import java.util.List;

/** Plans by hand. */
final class Plans {
    static final PlannedSize SMALL = new PlannedSize(256, 256, 65_536, 16);
    /** Follows a reference. */
    static final PlannedSize OPEN = new PlannedSize(0, 0, 65_536, 16);

    static final Sampling SEED_40 = new Sampling(2, 1, 40);

    private Plans() {}

    /** Independent pictures of words alone. */
    static GenerationPlan words(String... prompts) {
        return plan(Task.TEXT_TO_IMAGE, SMALL, shots(List.of(), prompts));
    }

    /** Pictures each of which sees the ones before it. */
    static GenerationPlan sequence(String... prompts) {
        return plan(Task.SEQUENCE, SMALL, shots(List.of(), prompts));
    }

    static GenerationPlan plan(Task task, PlannedSize size, List<Shot> shots) {
        return new GenerationPlan(task, size, shots, "rain", List.of(), List.of(), "");
    }

    static List<Shot> shots(List<Integer> references, String... prompts) {
        return Arrays.stream(prompts)
                .map(prompt -> new Shot(prompt, references, List.of()))
                .toList();
    }
}
