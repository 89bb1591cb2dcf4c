/** Preference tuning: a model learns from pairs of pictures of which one was preferred. */
package dev.atelier.training.preference;
