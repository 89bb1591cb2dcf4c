package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A prediction as the engine needs it: which pictures are still to be made, with what.
 *
 * @param references the request's, in order
 * @param edit what of the first reference may change
 */
record Job(Prediction prediction, List<Picture> references, EditScope edit) {
    /** Pictures that the engine makes in one call: indices into the plan, which share a prompt and references. */
    record Pass(List<Integer> indices, ImageRequest request) {}

    /** Indices of the pictures that are neither made nor failed. */
    List<Integer> missing() {
        Set<Integer> settled =
                prediction.outputs().stream().map(PredictionOutput::index).collect(Collectors.toSet());
        return IntStream.range(0, shots().size())
                .filter(i -> !settled.contains(i))
                .boxed()
                .toList();
    }

    /**
     * The missing pictures of a plan whose pictures are independent of each other, those with the same prompt and references
     * together.
     *
     * @param pixels that one pass may hold
     */
    List<Pass> passes(long pixels) {
        record Alike(String prompt, List<Integer> references) {}
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
        List<Alike> kinds = new ArrayList<>();
        for (int index : missing()) {
            Shot shot = shots().get(index);
            Alike alike = new Alike(shot.prompt(), shot.references());
            if (!kinds.contains(alike)) {
                kinds.add(alike);
            }
            groups.computeIfAbsent(kinds.indexOf(alike), _ -> new ArrayList<>()).add(index);
        }
        int atOnce = Math.clamp(pixels / Math.max(1, area()), 1, ImageRequest.MAX_IMAGES);
        List<Pass> passes = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            for (int from = 0; from < group.size(); from += atOnce) {
                List<Integer> indices = List.copyOf(group.subList(from, Math.min(from + atOnce, group.size())));
                passes.add(new Pass(indices, request(indices)));
            }
        }
        return passes;
    }

    /**
     * The shots from {@code first} on, each of which sees the user's references and the shots before it.
     *
     * @param earlier the pictures that are made already
     */
    SequenceRequest sequence(List<Integer> indices, List<Picture> earlier) {
        List<SequenceRequest.Shot> rest = indices.stream()
                .map(i -> new SequenceRequest.Shot(shots().get(i).prompt(), seed(i)))
                .toList();
        return new SequenceRequest(
                rest, template(plan().shots().getFirst().prompt(), references, List.of(seed(0))), earlier);
    }

    /** Area of one picture, pixels. */
    long area() {
        PlannedSize size = size();
        return size.open() ? size.pixels() : (long) size.width() * size.height();
    }

    /** The seed of picture {@code index}. */
    long seed(int index) {
        return prediction.seed() + index;
    }

    GenerationPlan plan() {
        return prediction.order().plan();
    }

    private ImageRequest request(List<Integer> indices) {
        Shot shot = shots().get(indices.getFirst());
        List<Picture> shown = shot.references().stream().map(references::get).toList();
        return template(shot.prompt(), shown, indices.stream().map(this::seed).toList());
    }

    private ImageRequest template(String prompt, List<Picture> shown, List<Long> seeds) {
        Sampling sampling = prediction.order().request().sampling();
        PlannedSize size = size();
        return new ImageRequest(
                prompt,
                plan().negativePrompt(),
                size.width(),
                size.height(),
                sampling.steps(),
                sampling.guidanceScale(),
                seeds,
                shown,
                plan().linked(),
                List.of(),
                plan().linked() || shown.isEmpty() ? EditScope.FREE : edit);
    }

    /** Sides that the plan leaves open are the first reference's own when its pixels are the start, else of its shape. */
    private PlannedSize size() {
        PlannedSize size = plan().size();
        if (references.isEmpty() || !size.open()) {
            return size;
        }
        Picture first = references.getFirst();
        if (!prediction.order().request().references().bound()) {
            return size.like(first.width(), first.height());
        }
        PictureSize own = PictureSize.of(first).fitArea(SizeWish.MAX_PIXELS);
        return new PlannedSize(own.width(), own.height(), own.pixels(), size.multiple());
    }

    /**
     * What is made otherwise than with the references as they came.
     *
     * @param seen pixels of a reference that the model sees at most
     */
    List<String> warnings(long seen) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            PictureSize own = PictureSize.of(references.get(i));
            if (own.pixels() > seen) {
                told.add("images[" + i + "]: " + own
                        + " is more than the model sees of a picture; it was shrunk to about " + own.fitArea(seen)
                        + " for it");
            }
        }
        boolean bound = prediction.order().request().references().bound();
        if (bound && plan().size().open() && !references.isEmpty()) {
            PictureSize own = PictureSize.of(references.getFirst());
            PictureSize made = own.fitArea(SizeWish.MAX_PIXELS);
            if (!made.equals(own)) {
                told.add("images[0]: " + own + " was shrunk to " + made
                        + "; pictures of more than 16,777,216 pixels are not made");
            }
        }
        return told;
    }

    private List<Shot> shots() {
        return plan().shots();
    }
}
