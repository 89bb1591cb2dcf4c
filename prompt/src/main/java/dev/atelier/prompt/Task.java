package dev.atelier.prompt;

/** What kind of work a plan is. */
public enum Task {
    /** One prompt, no reference; several shots are independent pictures of the same prompt. */
    TEXT_TO_IMAGE,
    /** One reference is changed or reused; several shots are independent edits, each of its own reference. */
    EDIT,
    /** Two or more references come together in a picture. */
    COMPOSE,
    /** Several pictures that belong together, with or without references. */
    SEQUENCE
}
