package dev.atelier.prompt.llm;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.rules.PromptWords;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Holds a language model's plan to the request: number of pictures, references, quotations, subjects. */
final class AnswerGuard {
    private static final int MAX_PROMPT = 4000;

    private AnswerGuard() {}

    /**
     * @param rules what the rules plan for the same request
     * @return {@code answer} unchanged
     */
    static PlanAnswer checked(PlanAnswer answer, GenerationRequest request, ModelProfile profile, GenerationPlan rules)
            throws RejectedAnswerException {
        int pictures = answer.shots().size();
        int allowed = PlanQuestion.maxImages(request, profile);
        if (pictures > allowed) {
            throw new RejectedAnswerException(
                    "its answer has " + pictures + " pictures; at most " + allowed + " are allowed");
        }
        if (rules.shots().size() > 1 && pictures == 1) {
            throw new RejectedAnswerException(
                    "its answer has 1 picture where " + rules.shots().size() + " are asked for");
        }
        checkReferences(answer, request.references().images().size(), rules);
        String all = String.join(
                "\n",
                answer.shots().stream().map(PlanAnswer.AnsweredShot::prompt).toList());
        for (String quotation : PromptWords.quotations(request.prompt().text())) {
            if (!all.contains(quotation)) {
                throw new RejectedAnswerException("its answer lost the quoted text " + quotation);
            }
        }
        String lower = all.toLowerCase(Locale.ROOT);
        Set<String> said = PromptWords.content(request.prompt().text());
        for (Shot shot : rules.shots()) {
            for (String word : PromptWords.content(shot.prompt())) {
                if (said.contains(word) && !lower.contains(word)) {
                    throw new RejectedAnswerException("its answer lost \"" + word + "\"");
                }
            }
        }
        return answer;
    }

    private static void checkReferences(PlanAnswer answer, int references, GenerationPlan rules)
            throws RejectedAnswerException {
        Set<Integer> used = new HashSet<>();
        for (PlanAnswer.AnsweredShot shot : answer.shots()) {
            if (shot.prompt().length() > MAX_PROMPT) {
                throw new RejectedAnswerException("its answer has a prompt of "
                        + shot.prompt().length() + " characters; at most " + MAX_PROMPT + " are allowed");
            }
            for (int n : shot.references()) {
                if (n > references) {
                    throw new RejectedAnswerException("its answer uses reference " + n + ", there are " + references);
                }
                used.add(n - 1);
            }
        }
        List<Integer> lost = rules.shots().stream()
                .flatMap(shot -> shot.references().stream())
                .filter(index -> !used.contains(index))
                .toList();
        if (!lost.isEmpty()) {
            throw new RejectedAnswerException("its answer does not use reference " + (lost.getFirst() + 1));
        }
    }
}
