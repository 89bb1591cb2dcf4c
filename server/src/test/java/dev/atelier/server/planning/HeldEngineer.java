package dev.atelier.server.planning;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.rules.RulePromptEngineer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A prompt engineer that takes as long as the test wants: it answers what the test puts in. */
final class HeldEngineer implements PromptEngineer {
    /** The prompts that it was asked to plan, in order. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    /** The prompts whose planning was interrupted. */
    final BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();

    private final BlockingQueue<UnaryOperator<GenerationPlan>> answers = new LinkedBlockingQueue<>();
    private final PromptEngineer rules = new RulePromptEngineer();

    /** Answers one question with the plan by rules, changed by {@code change}. */
    void answer(UnaryOperator<GenerationPlan> change) {
        answers.add(change);
    }

    /** Answers one question with as many pictures of {@code prompt}. */
    void answer(String prompt, int pictures) {
        answer(plan -> new GenerationPlan(
                plan.task(),
                plan.size(),
                IntStream.range(0, pictures)
                        .mapToObj(_ -> new Shot(prompt, List.of(), List.of()))
                        .toList(),
                plan.negativePrompt(),
                List.of("planned by a friend"),
                List.of("said by the engineer"),
                prompt));
    }

    @Override
    public boolean isImmediate(GenerationRequest request) {
        return !request.prompt().expand();
    }

    @Override
    public GenerationPlan plan(GenerationRequest request, ModelProfile model) {
        if (isImmediate(request)) {
            return rules.plan(request, model);
        }
        asked.add(request.prompt().text());
        try {
            return answers.take().apply(rules.plan(request, model));
        } catch (InterruptedException e) {
            interrupted.add(request.prompt().text());
            throw new IllegalStateException("interrupted", e);
        }
    }
}
