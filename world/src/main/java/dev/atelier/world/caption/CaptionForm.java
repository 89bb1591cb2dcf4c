package dev.atelier.world.caption;

/** How much a caption says, and how. */
public enum CaptionForm {
    /** Words with commas between them, in any order. */
    TAGS,
    /** A few words, as most people type them. */
    SHORT,
    /** One sentence with most of what is to be seen. */
    SENTENCE,
    /** Two or more sentences with everything. */
    FULL
}
