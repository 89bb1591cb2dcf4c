/** Trains the second network of a model folder, which gives a soft picture the detail that it lacks. The base model stays frozen. */
package dev.atelier.training.sharpening;
