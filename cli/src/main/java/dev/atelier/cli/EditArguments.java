package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.image.Margins;
import dev.atelier.prompt.References;
import java.nio.file.Path;
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

    /** Everything may change. */
    static EditArguments none() {
        return new EditArguments();
    }

    /** Whether the first picture's own pixels are the start, so that no other picture can follow from it. */
    boolean bound() {
        return mask != null || strength != null || !outpaint.isEmpty();
    }

    /** @throws UsageException naming option, value and bound */
    References references(List<Path> images) {
        if (strength != null && !(strength >= 0 && strength <= 1)) {
            throw new UsageException("--strength: " + strength + " is not in 0 to 1");
        }
        if (mask != null && !outpaint.isEmpty()) {
            throw new UsageException("--outpaint: is given beside --mask; only one of them is allowed");
        }
        try {
            if (!outpaint.isEmpty()) {
                Margins.parse(outpaint);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
        return new References(
                images.stream().map(Path::toString).toList(),
                mask == null ? "" : mask.toString(),
                strength == null ? References.MODEL_STRENGTH : strength,
                outpaint);
    }
}
