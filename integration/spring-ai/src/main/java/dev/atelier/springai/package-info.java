/** Atelier as an {@code ImageModel} of Spring AI: a running service, or whatever {@code ImageService} the application has as a bean. */
package dev.atelier.springai;
