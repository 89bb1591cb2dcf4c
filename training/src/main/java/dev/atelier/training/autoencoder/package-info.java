/** The stage that trains a convolutional autoencoder, before a transformer learns on its latents. */
package dev.atelier.training.autoencoder;
