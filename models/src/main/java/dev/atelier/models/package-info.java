/** The models that Atelier carries with it: weights, configuration and model card, under {@code dev/atelier/models/NAME}. */
package dev.atelier.models;
