/** What a training run does, in YAML. */
package dev.atelier.training.recipe;
