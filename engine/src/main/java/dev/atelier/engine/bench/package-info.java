/** Measuring a model on this machine, and comparing its numbers with the public reference. */
package dev.atelier.engine.bench;
