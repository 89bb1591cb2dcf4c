package dev.atelier.studio;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pictures of a plan as the engine is asked for them. Pictures are named by their index in the plan, from 0.
 *
 * @param sampling with the seed of picture 0; picture k has that seed plus k
 */
public record PlannedPictures(GenerationPlan plan, Sampling sampling, EditSources sources) {
    /** @throws IllegalArgumentException when the seed is still to be drawn */
    public PlannedPictures {
        if (sampling.seed() == Sampling.RANDOM_SEED) {
            throw new IllegalArgumentException("seed: " + sampling.seed() + " is to be replaced by one that was drawn");
        }
    }

    /** Pictures that the engine makes in one call; they share prompt and references. */
    public record Pass(List<Integer> indices, ImageRequest request) {}

    /** Pictures that are not among {@code settled}, in order. */
    public List<Integer> missing(Set<Integer> settled) {
        return IntStream.range(0, plan.shots().size())
                .filter(index -> !settled.contains(index))
                .boxed()
                .toList();
    }

    /**
     * The calls that make pictures which are independent of each other, those with the same prompt and references together.
     *
     * @param pixels that one call may hold
     * @throws IllegalArgumentException when a mask, a strength or an extension belongs to the first reference but others are edited too
     */
    public List<Pass> passes(List<Integer> indices, long pixels) {
        if (sources.bound() && plan.mixed()) {
            throw new IllegalArgumentException(
                    "mask, strength or outpaint: they belong to an edit of one picture; this plan has "
                            + "separate edits of " + plan.shots().size());
        }
        record Alike(String prompt, List<Integer> references) {}
        Map<Alike, List<Integer>> groups = new LinkedHashMap<>();
        for (int index : indices) {
            Shot shot = plan.shots().get(index);
            groups.computeIfAbsent(new Alike(shot.prompt(), shot.references()), _ -> new ArrayList<>())
                    .add(index);
        }
        int atOnce = atOnce(pixels);
        List<Pass> passes = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            for (int from = 0; from < group.size(); from += atOnce) {
                List<Integer> together = List.copyOf(group.subList(from, Math.min(from + atOnce, group.size())));
                passes.add(new Pass(together, request(together)));
            }
        }
        return passes;
    }

    /** How many pictures of this plan's size a call makes that may hold {@code pixels}: at least 1. */
    public int atOnce(long pixels) {
        return Math.clamp(pixels / size().area(), 1, ImageRequest.MAX_IMAGES);
    }

    /** One call for pictures that share the prompt and references of the first of them. */
    public ImageRequest request(List<Integer> indices) {
        Shot shot = plan.shots().get(indices.getFirst());
        List<Long> seeds = indices.stream().map(this::seed).toList();
        ImageRequest request = template(shot.prompt(), shown(shot), seeds);
        return shot.letters() == null ? request : withLetters(request, shot);
    }

    /** The text laid out on the picture comes behind what is shown of the request's pictures. */
    private ImageRequest withLetters(ImageRequest request, Shot shot) {
        PlannedSize size = size();
        Picture letters = LettersLayout.draw(shot.letters(), size.width(), size.height());
        return request.toBuilder()
                .references(
                        Stream.concat(shown(shot).stream(), Stream.of(letters)).toList())
                .build();
    }

    /**
     * The call for shots each of which sees all of the request's pictures and the shots before it.
     *
     * @param earlier the pictures that are made already
     * @throws IllegalArgumentException when the request starts from a picture's own pixels
     */
    public SequenceRequest sequence(List<Integer> indices, List<Picture> earlier) {
        List<SequenceRequest.Shot> rest = indices.stream()
                .map(i -> new SequenceRequest.Shot(plan.shots().get(i).prompt(), seed(i)))
                .toList();
        return new SequenceRequest(
                rest, template(plan.shots().getFirst().prompt(), sources.pictures(), List.of(seed(0))), earlier);
    }

    /** The seed of picture {@code index}. */
    public long seed(int index) {
        return sampling.seed() + index;
    }

    /**
     * What is made otherwise than with the request's pictures as they came.
     *
     * @param seen pixels of a reference that the model sees at most
     */
    public List<String> warnings(long seen) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < sources.pictures().size(); i++) {
            PictureSize own = PictureSize.of(sources.pictures().get(i));
            if (own.pixels() > seen) {
                told.add("images[" + i + "]: " + own
                        + " is more than the model sees of a picture; it was shrunk to about " + own.fitArea(seen)
                        + " for it");
            }
        }
        if (sources.bound() && plan.size().open()) {
            PictureSize own = PictureSize.of(sources.pictures().getFirst());
            PictureSize made = own.fitArea(SizeWish.MAX_PIXELS);
            if (!made.equals(own)) {
                told.add("images[0]: " + own + " was shrunk to " + made
                        + "; pictures of more than 16,777,216 pixels are not made");
            }
        }
        return told;
    }

    /** An edit of the first picture's pixels shows it to the model also when the words name other pictures only. */
    private List<Picture> shown(Shot shot) {
        boolean first = sources.bound() && !shot.references().contains(0);
        return Stream.concat(first ? Stream.of(0) : Stream.empty(), shot.references().stream())
                .map(sources.pictures()::get)
                .toList();
    }

    private ImageRequest template(String prompt, List<Picture> shown, List<Long> seeds) {
        PlannedSize size = size();
        return ImageRequest.builder()
                .prompt(prompt)
                .negativePrompt(plan.negativePrompt())
                .size(size.width(), size.height())
                .steps(sampling.steps())
                .guidanceScale(sampling.guidanceScale())
                .seeds(seeds)
                .references(shown)
                .edit(shown.isEmpty() ? EditScope.FREE : sources.scope())
                .build();
    }

    /**
     * Of every picture, also where each shows another reference. Sides that the plan leaves open are the first reference's own when
     * its pixels are the start, else of its shape.
     */
    private PlannedSize size() {
        PlannedSize size = plan.size();
        if (sources.pictures().isEmpty() || !size.open()) {
            return size;
        }
        Picture first = sources.pictures().getFirst();
        if (!sources.bound()) {
            return size.like(first.width(), first.height());
        }
        PictureSize own = PictureSize.of(first).fitArea(SizeWish.MAX_PIXELS);
        return new PlannedSize(own.width(), own.height(), own.pixels(), size.multiple());
    }
}
