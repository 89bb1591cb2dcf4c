/** Pictures in memory: resizing, masks, marks, and the way to tensors and back. */
package dev.atelier.engine.image;
