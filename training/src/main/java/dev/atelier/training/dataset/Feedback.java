package dev.atelier.training.dataset;

import java.util.List;

/** What somebody thinks of pictures: which of two is better, or how good each is. */
public sealed interface Feedback permits PreferencePairs, RatedPictures {
    /** One judgement: the prompt of pictures, and what it speaks of. */
    sealed interface Judgement permits PreferencePair, RatedPicture {
        /** Of the entry, to show. */
        String name();

        String prompt();

        /** Pictures that the prompt speaks of, in order; empty for text to image. */
        List<PictureSource> references();
    }

    List<? extends Judgement> judgements();

    /** What was left out so far. */
    SkipLog skipped();
}
