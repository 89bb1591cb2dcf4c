/** Training of FLUX.2-shaped models on the engine's own classes with autograd: parameters, optimiser, loss, checkpoints, stages. */
package dev.atelier.training.stage;
