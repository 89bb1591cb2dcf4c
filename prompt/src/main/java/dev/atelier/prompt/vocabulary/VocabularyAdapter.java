package dev.atelier.prompt.vocabulary;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.rules.PromptWords;
import dev.atelier.prompt.words.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts another engineer's plan into words that the model knows, when its profile has a vocabulary: "a corgi by a pond" becomes
 * "a dog by a lake". Quoted text stays. The reasons say what was replaced, the warnings
 * which of it lost something by that and which words the model does not know at all.
 */
public final class VocabularyAdapter implements PromptEngineer {
    private static final int MOST_NAMED = 12;

    private final PromptEngineer engineer;

    public VocabularyAdapter(PromptEngineer engineer) {
        this.engineer = engineer;
    }

    @Override
    public void close() {
        engineer.close();
    }

    @Override
    public GenerationPlan plan(GenerationRequest request, ModelProfile model) {
        GenerationPlan plan = engineer.plan(request, model);
        if (model.vocabulary().isEmpty() || !request.prompt().expand()) {
            return plan;
        }
        Vocabulary vocabulary = model.vocabulary();
        Vocabulary.Replaced replaced = new Vocabulary.Replaced();
        List<Shot> shots = plan.shots().stream()
                .map(shot -> new Shot(adapt(shot.prompt(), vocabulary, replaced), shot.references(), shot.keep()))
                .toList();
        Set<String> unknown = new LinkedHashSet<>();
        shots.forEach(shot -> unknown(shot.prompt(), vocabulary, unknown));
        List<String> reasons = new ArrayList<>(plan.reasons());
        List<String> warnings = new ArrayList<>(plan.warnings());
        if (!replaced.same().isEmpty() || !replaced.near().isEmpty()) {
            Set<String> all = new TreeSet<>(replaced.same());
            all.addAll(replaced.near());
            reasons.add("in words that " + model.id() + " knows: " + String.join(", ", all));
        }
        if (!replaced.near().isEmpty()) {
            warnings.add(String.join(", ", replaced.near()) + ": said in words that " + model.id() + " knows");
        }
        if (!unknown.isEmpty()) {
            warnings.add(listed(unknown) + ": not known to " + model.id() + "; drawn without");
        }
        return plan.inOtherWords(shots, reasons, warnings);
    }

    @Override
    public boolean isImmediate(GenerationRequest request) {
        return engineer.isImmediate(request);
    }

    private static void unknown(String prompt, Vocabulary vocabulary, Set<String> unknown) {
        String visible = prompt;
        for (String quotation : PromptWords.quotations(prompt)) {
            visible = visible.replace(quotation, ", ");
        }
        vocabulary.unknown(visible, unknown);
    }

    private static String listed(Set<String> words) {
        String first = String.join(", ", words.stream().limit(MOST_NAMED).toList());
        int rest = words.size() - MOST_NAMED;
        return rest > 0 ? first + " and " + rest + " more words" : first;
    }

    private static String adapt(String prompt, Vocabulary vocabulary, Vocabulary.Replaced replaced) {
        StringBuilder adapted = new StringBuilder();
        int at = 0;
        for (String quotation : PromptWords.quotations(prompt)) {
            int start = prompt.indexOf(quotation, at);
            adapted.append(vocabulary.adapt(prompt.substring(at, start), replaced))
                    .append(quotation);
            at = start + quotation.length();
        }
        return adapted.append(vocabulary.adapt(prompt.substring(at), replaced)).toString();
    }
}
