/** The domain: one request, up to 15 images, its states from accepted to ended. */
package dev.atelier.server.prediction;
