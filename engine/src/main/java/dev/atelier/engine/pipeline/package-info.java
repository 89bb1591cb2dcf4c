/** What a caller says to a loaded model and gets from it: requests, pictures, progress, cancellation. Plain Java, no tensor. */
package dev.atelier.engine.pipeline;
