/** Pictures: reading untrusted files, writing them with what made them, resizing, marking, and the way to tensors and back. */
package dev.atelier.engine.image;
