package dev.atelier.server.catalog;

import dev.atelier.prompt.ModelProfile;
import java.util.List;

/**
 * A model of the catalog file.
 *
 * @param id the name under which it is asked for and which answers name as the one that served
 * @param source where its folder is: {@code embedded:NAME} or {@code folder:PATH}
 * @param precision {@code stored}, {@code fp32} or {@code int8}
 * @param device {@code cpu} or {@code cuda:N}
 */
public record ModelEntry(
        String id, String source, String precision, String device, About about, Bounds bounds, Defaults defaults) {
    /** What people read of it. */
    public record About(
            String displayName, String profile, String organization, List<String> tags, List<String> categories) {
        public About {
            tags = tags == null ? List.of() : List.copyOf(tags);
            categories = categories == null ? List.of() : List.copyOf(categories);
            organization = organization == null ? "" : organization;
            profile = profile == null ? "" : profile;
        }
    }

    /**
     * What it accepts.
     *
     * @param images pictures in one request
     * @param references pictures that a request may start from
     * @param vocabulary table of the words it knows; empty: free text
     */
    public record Bounds(
            int images, int references, long maxPixels, int sizeMultiple, int maxSteps, String vocabulary) {
        public Bounds {
            vocabulary = vocabulary == null ? "" : vocabulary;
        }
    }

    /**
     * What it does when a request leaves things open.
     *
     * @param size side of the square that it draws best, pixels
     * @param secondsPerMegapixelStep what a step of a megapixel takes, for estimates; 0: not known
     */
    public record Defaults(int size, int steps, double guidanceScale, double secondsPerMegapixelStep) {}

    /** The same with its weights kept otherwise, or elsewhere. */
    ModelEntry on(String otherPrecision, String otherDevice) {
        return new ModelEntry(id, source, otherPrecision, otherDevice, about, bounds, defaults);
    }

    /** The part that prompt engineering needs. */
    public ModelProfile profile() {
        return new ModelProfile(
                id,
                defaults.size(),
                bounds.sizeMultiple(),
                bounds.maxPixels(),
                bounds.images(),
                bounds.references(),
                bounds.vocabulary());
    }
}
