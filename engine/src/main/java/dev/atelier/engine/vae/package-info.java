/** Autoencoders between pictures and latents, tiling, and the cheap preview of latents. */
package dev.atelier.engine.vae;
