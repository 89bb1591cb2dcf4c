package dev.atelier.training.dataset;

import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** An entry of a dataset that cannot be used; the run goes on without it. */
public final class SkippedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SkipReason reason;

    public SkippedException(SkipReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SkipReason reason() {
        return reason;
    }

    static SkippedException of(PictureException e) {
        SkipReason reason = switch (e.kind()) {
            case UNSUPPORTED -> SkipReason.NOT_A_PICTURE;
            case BROKEN -> SkipReason.BROKEN;
            case TOO_LARGE -> SkipReason.TOO_LARGE;
        };
        return new SkippedException(reason, e.getMessage());
    }

    static SkippedException of(IOException e) {
        return e instanceof NoSuchFileException
                ? new SkippedException(SkipReason.MISSING, "")
                : new SkippedException(SkipReason.UNREADABLE, Reasons.of(e));
    }
}
