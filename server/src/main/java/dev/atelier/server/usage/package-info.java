/** What each key has used, by day and model. */
package dev.atelier.server.usage;
