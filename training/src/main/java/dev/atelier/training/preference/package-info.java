/** Preference tuning: a model learns from pairs of pictures of which one was preferred, or from rated pictures. */
package dev.atelier.training.preference;
