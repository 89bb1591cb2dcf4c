/**
 * The image service. One direction, no way back: {@code api.*} translate HTTP to and from the domain ({@code prediction}), the
 * {@code worker} claims work from the {@code queue} and runs it on pipelines that the {@code catalog} names.
 */
package dev.atelier.server;
