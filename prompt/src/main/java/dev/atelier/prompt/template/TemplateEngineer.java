package dev.atelier.prompt.template;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.rules.RulePromptEngineer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Plans requests that use a template, as the template says: number of pictures, shape and words. Nothing reads what its slots were
 * given for instructions, neither rules nor a language model. Other requests are another engineer's.
 */
public final class TemplateEngineer implements PromptEngineer {
    /** In place of the words, where only sizes and bounds are planned. */
    private static final Prompt UNREAD = new Prompt("picture", "", false);

    private final PromptEngineer engineer;
    private final PromptEngineer rules = new RulePromptEngineer();

    /** @param engineer plans requests without a template; closed with this one */
    public TemplateEngineer(PromptEngineer engineer) {
        this.engineer = engineer;
    }

    @Override
    public GenerationPlan plan(GenerationRequest request, ModelProfile model) {
        if (!request.template().given()) {
            return engineer.plan(request, model);
        }
        FilledTemplate filled = Templates.fill(request.template());
        List<String> prompts = model.vocabulary().isEmpty() ? filled.prose() : filled.plain();
        GenerationRequest wordless = request.withPrompt(UNREAD)
                .withSize(size(request.size(), filled))
                .withSequence(
                        SequenceWish.disabled(Math.max(1, request.sequence().maxImages())));
        GenerationPlan frame = rules.plan(wordless, model);
        List<String> reasons = new ArrayList<>();
        reasons.add("planned by template " + request.template().reference() + " in "
                + filled.language().label());
        reasons.addAll(frame.reasons().subList(1, frame.reasons().size()));
        List<String> warnings = new ArrayList<>(frame.warnings());
        List<String> made = prompts;
        if (filled.isSeries()) {
            made = prompts.subList(0, Math.min(prompts.size(), room(request, model, frame)));
            if (made.size() < prompts.size()) {
                warnings.add("template: " + request.template().name() + " has " + prompts.size()
                        + " pictures here; only the first " + made.size() + " are made");
            }
        } else {
            made = Collections.nCopies(frame.shots().size(), prompts.getFirst());
        }
        List<Integer> references = frame.shots().getFirst().references();
        return GenerationPlan.of(
                request.withSequence(filled.sequence(request.sequence().maxImages())),
                frame.size(),
                made.stream()
                        .map(prompt -> new Shot(prompt, references, List.of()))
                        .toList(),
                request.prompt().negative(),
                reasons,
                warnings);
    }

    /** The request's own size; where it names no shape, the template's. */
    private static SizeWish size(SizeWish wish, FilledTemplate filled) {
        boolean open = !wish.exact() && wish.aspect() == 0;
        return open && filled.aspect() > 0 ? new SizeWish(0, 0, wish.tier(), filled.aspect()) : wish;
    }

    private static int room(GenerationRequest request, ModelProfile model, GenerationPlan frame) {
        if (request.sequence().maxImages() > 0) {
            return frame.shots().size();
        }
        int beside =
                GenerationRequest.MAX_PICTURES - request.references().images().size();
        return Math.min(beside, model.maxImages());
    }

    /** Templates need no time. */
    @Override
    public boolean isImmediate(GenerationRequest request) {
        return request.template().given() || engineer.isImmediate(request);
    }

    @Override
    public void close() {
        engineer.close();
    }
}
