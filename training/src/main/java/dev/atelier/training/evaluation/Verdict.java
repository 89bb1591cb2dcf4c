package dev.atelier.training.evaluation;

/** What a judge says of a picture. */
public enum Verdict {
    RIGHT("yes"),
    WRONG("no"),
    /** The judge does not know what was asked for. */
    NOT_JUDGED("not judged");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static Verdict of(boolean right) {
        return right ? RIGHT : WRONG;
    }
}
