package dev.atelier.training.evaluation;

/** What is looked at. */
public enum Part {
    T2I("text to image"),
    EDIT("edits"),
    SEQUENCE("sequences"),
    WORDS("words"),
    AUTOENCODER("autoencoder");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
