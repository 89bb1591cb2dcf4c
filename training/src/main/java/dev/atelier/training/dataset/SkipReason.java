package dev.atelier.training.dataset;

/** Why something in a dataset is not trained on. */
public enum SkipReason {
    NO_CAPTION("without a caption"),
    CAPTION_TOO_LONG("with a caption that is too long"),
    ENCODING("with text in an encoding that is not sure"),
    BAD_ENTRY("not understood"),
    OUTSIDE("outside the dataset's folder"),
    MISSING("missing"),
    UNREADABLE("unreadable"),
    NOT_A_PICTURE("in no known picture format"),
    BROKEN("damaged"),
    TOO_LARGE("too large"),
    TOO_SMALL("too small"),
    TOO_MANY_REFERENCES("with too many references");

    private final String words;

    SkipReason(String words) {
        this.words = words;
    }

    /** As it stands after a count, in {@code "3 " + words}. */
    public String words() {
        return words;
    }
}
