package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rated pictures: a JSONL file of objects with {@code prompt}, {@code image}, {@code rating} and, for edits, {@code references};
 * pictures by their paths relative to the file's folder. {@code reward} or {@code score} may stand for {@code rating}. Ratings are
 * numbers on any scale (thumbs as 1 and -1, stars from 1 to 5, what a reward model says), more is better.
 */
public final class RatedPictures implements Feedback {
    /** Advantages beyond so many deviations count as much as this. */
    private static final double MOST = 5;

    private static final double SMALLEST_DEVIATION = 1e-9;

    private final List<RatedPicture> pictures;
    private final SkipLog skipped;
    private final Map<String, Double> means; // of prompts with two pictures or more
    private final double mean;
    private final double deviation;

    private RatedPictures(Path file, List<RatedPicture> pictures, SkipLog skipped) {
        this.pictures = pictures;
        this.skipped = skipped;
        mean = pictures.stream().collect(Collectors.averagingDouble(RatedPicture::rating));
        means = pictures.stream()
                .collect(Collectors.groupingBy(RatedPicture::prompt, Collectors.toUnmodifiableList()))
                .entrySet()
                .stream()
                .filter(e -> e.getValue().size() > 1)
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream().collect(Collectors.averagingDouble(RatedPicture::rating))));
        deviation = Math.sqrt(pictures.stream()
                .mapToDouble(this::advantage)
                .map(a -> a * a)
                .average()
                .orElseThrow());
        if (deviation < SMALLEST_DEVIATION) {
            throw new IllegalArgumentException("ratings: " + file
                    + ": the pictures of every prompt are rated alike; nothing can be learnt from them");
        }
    }

    /**
     * @throws IllegalArgumentException when there is no rated picture in {@code file}, or all are rated alike
     * @throws IOException when it cannot be read
     */
    public static RatedPictures open(Path file) throws IOException {
        SkipLog skipped = new SkipLog();
        List<RatedPicture> pictures =
                FeedbackFile.read("ratings", "rated picture", file, skipped, RatedPictures::picture);
        return new RatedPictures(file, pictures, skipped);
    }

    private static RatedPicture picture(
            String name, String prompt, List<PictureSource> references, JsonEntry json, DatasetFolder folder)
            throws SkippedException {
        return new RatedPicture(
                name, prompt, folder.listed(json.image()), json.number("rating", "reward", "score"), references);
    }

    private double advantage(RatedPicture picture) {
        return picture.rating() - means.getOrDefault(picture.prompt(), mean);
    }

    /**
     * How good {@code picture} is among those of its prompt (among all, where it is the only one), 0 to 1: the advantage in deviations of
     * all, bounded by five, over ten and a half more. Source: Zheng et al. 2025 ("DiffusionNFT"), section 3.3.
     */
    public double optimality(RatedPicture picture) {
        double deviations = advantage(picture) / deviation;
        return Math.clamp(deviations, -MOST, MOST) / (2 * MOST) + 0.5;
    }

    @Override
    public List<RatedPicture> judgements() {
        return pictures;
    }

    @Override
    public SkipLog skipped() {
        return skipped;
    }
}
