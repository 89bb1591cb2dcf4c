package dev.atelier.server.catalog;

import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.words.Vocabulary;
import dev.atelier.studio.GlyphSetting;
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
     * @param glyphReference whether quoted text is laid out and shown to it as a reference; auto where the file says nothing
     */
    public record Bounds(
            int images, int references, long maxPixels, int sizeMultiple, int maxSteps, String glyphReference) {
        /** @throws IllegalArgumentException when the setting of quoted text is none */
        public Bounds {
            glyphReference = glyphReference == null
                    ? GlyphSetting.AUTO.label()
                    : GlyphSetting.parse(glyphReference).label();
        }

        private Bounds with(GlyphSetting letters) {
            return new Bounds(images, references, maxPixels, sizeMultiple, maxSteps, letters.label());
        }
    }

    /**
     * What it does when a request leaves things open.
     *
     * @param size side of the square that it draws best, pixels
     * @param secondsPerMegapixelStep what a step of a megapixel takes, for estimates; 0: not known
     */
    public record Defaults(int size, int steps, double guidanceScale, double secondsPerMegapixelStep) {}

    /** The same with its weights kept otherwise, or elsewhere, and quoted text treated otherwise. */
    ModelEntry on(String otherPrecision, String otherDevice, GlyphSetting letters) {
        return new ModelEntry(id, source, otherPrecision, otherDevice, about, bounds.with(letters), defaults);
    }

    /** The part that prompt engineering needs, with the words of the model's folder. */
    public ModelProfile profile(Vocabulary vocabulary) {
        return new ModelProfile(
                id,
                defaults.size(),
                bounds.sizeMultiple(),
                bounds.maxPixels(),
                bounds.images(),
                bounds.references(),
                vocabulary);
    }
}
