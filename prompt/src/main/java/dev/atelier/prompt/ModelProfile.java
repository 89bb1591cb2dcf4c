package dev.atelier.prompt;

import dev.atelier.prompt.words.Vocabulary;

/**
 * What prompt engineering must know of a model.
 *
 * @param nativeSize side of the square that the model draws best, pixels
 * @param sizeMultiple widths and heights are multiples of this, pixels
 * @param maxPixels the largest area, pixels
 * @param maxImages pictures in one request, 1 to 15
 * @param maxReferences references in one request, 0 to 14
 * @param vocabulary words that the model knows; {@link Vocabulary#NONE}: it understands free text
 */
public record ModelProfile(
        String id,
        int nativeSize,
        int sizeMultiple,
        long maxPixels,
        int maxImages,
        int maxReferences,
        Vocabulary vocabulary) {
    public ModelProfile {
        require(nativeSize >= 1, "nativeSize", nativeSize, "1 or more");
        require(sizeMultiple >= 1 && sizeMultiple <= 256, "sizeMultiple", sizeMultiple, "1 to 256");
        require(maxPixels >= SizeWish.MIN_PIXELS, "maxPixels", maxPixels, "65,536 or more");
        require(maxImages >= 1 && maxImages <= 15, "maxImages", maxImages, "1 to 15");
        require(maxReferences >= 0 && maxReferences <= 14, "maxReferences", maxReferences, "0 to 14");
    }

    /** A model that understands free text and takes every size and number that the API allows. */
    public static ModelProfile of(String id, int nativeSize, int sizeMultiple) {
        return new ModelProfile(
                id,
                nativeSize,
                sizeMultiple,
                SizeWish.MAX_PIXELS,
                SequenceWish.MAX_IMAGES,
                References.MAX_IMAGES,
                Vocabulary.NONE);
    }

    public ModelProfile withVocabulary(Vocabulary vocabulary) {
        return new ModelProfile(id, nativeSize, sizeMultiple, maxPixels, maxImages, maxReferences, vocabulary);
    }

    private static void require(boolean condition, String field, long value, String bound) {
        if (!condition) {
            throw new IllegalArgumentException(field + ": " + value + " is not " + bound);
        }
    }
}
