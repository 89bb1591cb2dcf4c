package dev.atelier.prompt.rules;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.Shot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans by rules, in English and Chinese, without a model: microseconds to milliseconds, always the same answer. Quoted text is
 * never read and never changed; each shot is the prompt with only its count and list taken out or put in.
 */
public final class RulePromptEngineer implements PromptEngineer {
    @Override
    public GenerationPlan plan(GenerationRequest request, ModelProfile model) {
        int references = request.references().images().size();
        if (references > model.maxReferences()) {
            throw new InvalidRequestException(
                    "images",
                    references + " references",
                    "model " + model.id() + " takes at most " + model.maxReferences());
        }
        List<String> reasons = new ArrayList<>();
        reasons.add("planned by rules");
        List<String> warnings = new ArrayList<>();
        MaskedText text = MaskedText.of(request.prompt().text());
        PlannedSize size = SizePlanner.plan(request, model, text, reasons);
        String negative = NegativeReader.read(text, request.prompt().negative());
        int limit = limit(request, model);
        if (request.sequence().mode() == SequenceWish.Mode.DISABLED) {
            List<Shot> copies = copies(request, text, limit, reasons, warnings);
            return GenerationPlan.of(request, size, copies, negative, reasons, warnings);
        }
        List<Shot> edits = SeparateEdits.read(text, references, request.prompt().expand());
        if (!edits.isEmpty()) {
            reasons.add(edits.size() + " pictures: every reference is changed by itself");
            warnOfCut(edits.size(), limit, warnings);
            List<Shot> made = edits.subList(0, Math.min(limit, edits.size()));
            return GenerationPlan.of(request, size, made, negative, reasons, warnings)
                    .independent();
        }
        List<Shot> shots = decided(request, text, limit, reasons, warnings);
        return GenerationPlan.of(request, size, shots, negative, reasons, warnings);
    }

    /** How many pictures {@code request} may give. */
    private static int limit(GenerationRequest request, ModelProfile model) {
        int wish = request.sequence().maxImages();
        if (wish > model.maxImages()) {
            throw new InvalidRequestException(
                    "max_images", String.valueOf(wish), "model " + model.id() + " makes at most " + model.maxImages());
        }
        int room =
                GenerationRequest.MAX_PICTURES - request.references().images().size();
        return Math.min(wish > 0 ? wish : SequenceWish.MAX_IMAGES, Math.min(room, model.maxImages()));
    }

    private static List<Shot> copies(
            GenerationRequest request, MaskedText text, int limit, List<String> reasons, List<String> warnings) {
        int images = Math.min(limit, Math.max(1, request.sequence().maxImages()));
        if (images > 1) {
            reasons.add(images + " pictures of the whole prompt: the request says so");
        }
        int worded = SeriesReader.read(
                        hidden(text, request), request.references().images().size(), SequenceWish.MAX_IMAGES)
                .wished();
        if (worded > images) {
            warnings.add(
                    "the words ask for " + worded + " pictures, but the request for " + (images == 1 ? "one" : images)
                            + " of the whole prompt; a sequential request makes them one by one");
        }
        Shot shot = new Shot(
                text.original(),
                ReferencePlanner.whole(text, request.references().images().size()),
                List.of());
        return Collections.nCopies(images, shot);
    }

    private static List<Shot> decided(
            GenerationRequest request, MaskedText text, int limit, List<String> reasons, List<String> warnings) {
        int references = request.references().images().size();
        Series series = SeriesReader.read(hidden(text, request), references, limit);
        warnOfCut(series.wished(), limit, warnings);
        if (series.count() == 1) {
            List<String> keep = references == 1 ? KeepReader.ofEdit(text) : List.of();
            return List.of(new Shot(text.original(), ReferencePlanner.whole(text, references), keep));
        }
        reasons.add(series.reason());
        List<String> prompts = request.prompt().expand()
                ? ShotWriter.write(text.original(), series)
                : Collections.nCopies(series.count(), text.original());
        List<Integer> whole = ReferencePlanner.whole(text, references);
        List<String> keep = KeepReader.ofSeries(text);
        List<Shot> shots = new ArrayList<>();
        boolean addressed = !ReferenceReader.find(text, references).isEmpty();
        Map<String, List<Integer>> named = new HashMap<>();
        for (String prompt : prompts) {
            List<Integer> own = addressed
                    ? named.computeIfAbsent(
                            prompt, words -> ReferencePlanner.addressed(MaskedText.of(words), references))
                    : List.of();
            shots.add(new Shot(prompt, own.isEmpty() ? whole : own, keep));
        }
        return shots;
    }

    private static MaskedText hidden(MaskedText text, GenerationRequest request) {
        return text.hide(
                ReferenceReader.find(text, request.references().images().size()).stream()
                        .map(ReferenceReader.Mention::span)
                        .toList());
    }

    private static void warnOfCut(int wished, int limit, List<String> warnings) {
        if (wished > limit) {
            warnings.add("the words ask for " + wished + " pictures; only the first " + limit + " are made");
        }
    }
}
