package dev.atelier.training.evaluation;

/** Prompts of one kind that any model can be asked for, by itself or beside another. */
public enum Exam {
    /** Prompts as people write them: is what they are about to be seen? */
    FIRST_PROMPTS("first prompts"),
    /** Words that no training picture carried: can they be read? */
    TYPOGRAPHY("typography"),
    /** One prompt a noun of the world: is it to be seen? */
    NOUNS("nouns");

    private final String label;

    Exam(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
