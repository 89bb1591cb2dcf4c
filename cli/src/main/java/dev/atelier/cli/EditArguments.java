package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.image.Margins;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.EditScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What of the first picture an edit may change. */
final class EditArguments {
    @Option(
            names = "--mask",
            paramLabel = "FILE",
            order = 12,
            description =
                    "Picture that is white (or transparent) where IMAGE may change; elsewhere every byte stays. Any"
                            + " size.")
    private Path mask;

    @Option(
            names = "--strength",
            paramLabel = "X",
            order = 13,
            description = "How far the result may move from IMAGE: 0 not at all, 1 freely (default: freely).")
    private Double strength;

    @Option(
            names = "--outpaint",
            paramLabel = "LEFT,TOP,RIGHT,BOTTOM",
            order = 14,
            description = "Extend IMAGE by so many pixels; what is added is painted, IMAGE stays.")
    private String outpaint = "";

    /** The pictures as the pipeline takes them. */
    record Source(List<Picture> pictures, EditScope scope) {}

    /** Everything may change. */
    static EditArguments none() {
        return new EditArguments();
    }

    /** Whether the first picture's own pixels are the start, so that no other picture can follow from it. */
    boolean bound() {
        return mask != null || strength != null || !outpaint.isEmpty();
    }

    /** @throws UsageException naming option, value and bound */
    Source source(List<Picture> pictures) {
        if (strength != null && !(strength >= 0 && strength <= 1)) {
            throw new UsageException("--strength: " + strength + " is not in 0 to 1");
        }
        double level = strength == null ? EditScope.FREE.strength() : strength;
        if (outpaint.isEmpty()) {
            Picture read = mask == null ? null : References.readMask(mask);
            return new Source(pictures, new EditScope(read, level));
        }
        if (mask != null) {
            throw new UsageException("--outpaint: is given beside --mask; only one of them is allowed");
        }
        try {
            Margins margins = Margins.parse(outpaint);
            List<Picture> extended = new ArrayList<>(pictures);
            extended.set(0, margins.extend(pictures.getFirst()));
            return new Source(extended, new EditScope(margins.mask(pictures.getFirst()), level));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
