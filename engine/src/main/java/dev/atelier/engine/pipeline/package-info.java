/** Loaded models as a library uses them: text to image, edit, compose, sequence. */
package dev.atelier.engine.pipeline;
