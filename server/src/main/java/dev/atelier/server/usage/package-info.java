/** What each key has used, by day and model, and its quota of a day. */
package dev.atelier.server.usage;
