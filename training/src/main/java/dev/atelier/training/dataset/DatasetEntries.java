package dev.atelier.training.dataset;

import java.util.ArrayList;
import java.util.List;

/** What a scan finds, bounded. */
final class DatasetEntries {
    static final int MAX_ENTRIES = 1_000_000;

    /** As many as a request may have. */
    static final int MAX_REFERENCES = 14;

    private final List<CaptionedPicture> found = new ArrayList<>();
    private final SkipLog skipped;
    private final String otherwise;

    /** @param otherwise the caption of pictures without one; empty: they are left out */
    DatasetEntries(SkipLog skipped, String otherwise) {
        this.skipped = skipped;
        this.otherwise = otherwise;
    }

    /** What makes an entry, or says why there is none. */
    interface Entry {
        /** The raw caption, the picture and its references. */
        CaptionedPicture make() throws SkippedException;
    }

    void add(String name, Entry entry) {
        if (found.size() >= MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "data: more than " + MAX_ENTRIES + " pictures; at most so many are trained on");
        }
        try {
            CaptionedPicture made = entry.make();
            if (made.references().size() > MAX_REFERENCES) {
                throw new SkippedException(
                        SkipReason.TOO_MANY_REFERENCES,
                        made.references().size() + "; at most " + MAX_REFERENCES + " are used");
            }
            found.add(made.withCaption(Captions.clean(made.caption(), otherwise)));
        } catch (SkippedException e) {
            skipped.add(name, e);
        }
    }

    SkipLog skipped() {
        return skipped;
    }

    List<CaptionedPicture> found() {
        return found;
    }
}
