package dev.atelier.studio;

import dev.atelier.engine.image.WordsReference;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Letters;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.rules.LettersReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans in which quoted text is laid out and shown to the model as a further reference, with words that say so. What was done is among
 * the plan's reasons, what could not be done among its warnings.
 */
public final class LetteredPlan {
    private LetteredPlan() {}

    /**
     * @param taught whether the model was taught to write the letters of a reference
     * @return {@code plan} itself where no text is to be laid out
     */
    public static GenerationPlan of(
            GenerationPlan plan, GenerationRequest request, ModelProfile model, boolean taught, GlyphSetting setting) {
        boolean wanted = setting == GlyphSetting.ON || setting == GlyphSetting.AUTO && taught;
        boolean quotes = plan.shots().stream()
                .anyMatch(shot -> LettersReader.of(shot.prompt()).isPresent());
        if (!wanted || !quotes) {
            return plan;
        }
        Notes notes = new Notes(new ArrayList<>(plan.reasons()), new ArrayList<>(plan.warnings()));
        String obstacle = obstacle(plan, request, model);
        if (!obstacle.isEmpty()) {
            notes.warn("quoted text is left to the model: " + obstacle);
            return new GenerationPlan(
                    plan.task(),
                    plan.size(),
                    plan.shots(),
                    plan.negativePrompt(),
                    notes.reasons(),
                    notes.warnings(),
                    plan.revisedPrompt());
        }
        int image = request.references().images().size() + 1;
        List<Shot> shots = plan.shots().stream()
                .map(shot -> lettered(shot, image, setting, notes))
                .toList();
        return plan.inOtherWords(shots, notes.reasons(), notes.warnings());
    }

    /** What is told, each sentence once. */
    private record Notes(List<String> reasons, List<String> warnings) {
        void reason(String reason) {
            if (!reasons.contains(reason)) {
                reasons.add(reason);
            }
        }

        void warn(String warning) {
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
        }
    }

    /** Why no text of the plan can be laid out; empty: it can. */
    private static String obstacle(GenerationPlan plan, GenerationRequest request, ModelProfile model) {
        if (!request.prompt().expand()) {
            return "the prompt is given word for word";
        }
        if (plan.linked()) {
            return "pictures of a sequence share their references";
        }
        int most = Math.min(model.maxReferences(), References.MAX_IMAGES);
        int given = request.references().images().size();
        return given >= most
                ? "its layout would be reference " + (given + 1) + ", at most " + most + " are allowed"
                : "";
    }

    private static Shot lettered(Shot shot, int image, GlyphSetting setting, Notes notes) {
        Optional<Letters> found = LettersReader.of(shot.prompt());
        if (found.isEmpty()) {
            return shot;
        }
        Letters letters = found.get();
        String text = "\"" + String.join(" / ", letters.lines()) + "\"";
        if (setting == GlyphSetting.AUTO && !shot.references().isEmpty()) {
            notes.reason("the text " + text + " is left to the model, because pictures are given");
            return shot;
        }
        String missing = LettersLayout.missing(letters);
        if (!missing.isEmpty()) {
            notes.warn("no typeface for the characters " + missing + " is installed; the text " + text
                    + " is left to the model");
            return shot;
        }
        notes.reason("the text " + text + " is laid out on " + letters.carrier().label() + ", as image " + image);
        String prompt = WordsReference.prompt(shot.prompt(), image, LettersReader.chinese(shot.prompt()));
        return new Shot(prompt, shot.references(), shot.keep(), letters);
    }
}
