/** Waiting work in the database: claimed under a lease, renewed while it is done, handed back or ended by its holder only. */
package dev.atelier.server.queue;
