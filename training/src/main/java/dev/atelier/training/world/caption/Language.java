package dev.atelier.training.world.caption;

/** A language that captions and instructions are written in. */
public enum Language {
    ENGLISH,
    CHINESE
}
