/**
 * How good a model is, in figures: attributes that a probe reads in its pictures, edits, sequences, words, the autoencoder, and the
 * Fréchet distance to true renders. {@link dev.atelier.training.evaluation.Evaluation} is the door.
 */
package dev.atelier.training.evaluation;
