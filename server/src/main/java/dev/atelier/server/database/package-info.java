/** The connections to the database: who waits for one, what happens when it is away, and whether other processes share it. */
package dev.atelier.server.database;
