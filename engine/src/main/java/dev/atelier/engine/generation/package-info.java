/** How a picture is made: a model folder loaded ({@link dev.atelier.engine.generation.Flux2Pipeline}), text, references, steps, finishing. */
package dev.atelier.engine.generation;
