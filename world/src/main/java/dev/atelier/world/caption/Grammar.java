package dev.atelier.world.caption;

/** Puts a speaker's words in order, in one language. */
interface Grammar {
    String compose(Speaker speaker, CaptionForm form);
}
