/** Tells other services that a prediction has ended. */
package dev.atelier.server.webhook;
