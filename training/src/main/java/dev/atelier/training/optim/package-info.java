/** Trainable parameters as flat tensors, and the optimiser over them. */
package dev.atelier.training.optim;
