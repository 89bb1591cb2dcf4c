package dev.atelier.world.caption;

/** A language that captions and instructions are written in. */
public enum Language {
    ENGLISH,
    CHINESE
}
