/** The FLUX.2 diffusion transformer ({@code Flux2Transformer2DModel}) and its reference key/value cache. */
package dev.atelier.engine.dit;
