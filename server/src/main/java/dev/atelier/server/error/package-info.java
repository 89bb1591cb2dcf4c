/** Failures that callers are told of, and the one place that turns them into JSON. */
package dev.atelier.server.error;
