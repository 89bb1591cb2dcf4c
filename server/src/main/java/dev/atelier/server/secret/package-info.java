/** Secrets that the service makes for itself on its first start and that all its nodes share. */
package dev.atelier.server.secret;
