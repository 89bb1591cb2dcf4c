package dev.atelier.prompt.llm;

import dev.atelier.prompt.Shot;
import java.util.List;

/**
 * A language model's plan as {@code plan.schema.json} describes it.
 *
 * @param aspect {@code W:H}; empty: as the person or the references have it
 * @param reason one sentence for people
 */
record PlanAnswer(String aspect, String reason, List<AnsweredShot> shots) {
    /** @param references numbers from 1 */
    record AnsweredShot(String prompt, List<Integer> references, List<String> keep) {
        Shot shot() {
            List<Integer> indices =
                    references.stream().map(n -> n - 1).distinct().sorted().toList();
            return new Shot(prompt.strip(), indices, keep);
        }
    }
}
