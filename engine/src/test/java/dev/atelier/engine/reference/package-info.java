/**
 * The models once more, slow and obvious: float64 in plain arrays, one loop a sum, written from the formulas of diffusers and transformers and sharing
 * no code with the engine.
 */
package dev.atelier.engine.reference;
