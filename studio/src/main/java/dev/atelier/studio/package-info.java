/** From a plan to finished picture files: what every surface does between a request and an {@code ImagePipeline}. */
package dev.atelier.studio;
