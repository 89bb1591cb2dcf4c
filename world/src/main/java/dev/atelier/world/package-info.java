/**
 * The procedural world: scenes with true captions, edit pairs, compositions and sequences, each from a seed. {@code scene}
 * holds the descriptions and their vocabularies, {@code render} draws them, {@code caption} writes about them.
 */
package dev.atelier.world;
