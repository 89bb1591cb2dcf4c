/** Examples to train on: from the procedural world, and from users' folders. */
package dev.atelier.training.dataset;
