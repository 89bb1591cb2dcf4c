/** The engine as a library, and the service from Java: one file a use. */
package dev.atelier.examples;
