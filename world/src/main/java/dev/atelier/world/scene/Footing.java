package dev.atelier.world.scene;

/** Where things of a kind are found. */
public enum Footing {
    /** On the ground, outside or on a floor. */
    LAND,
    /** On a table, a shelf or in a hand: small things. */
    TABLE,
    /** Off the ground. */
    SKY,
    /** In or on water. */
    WATER
}
