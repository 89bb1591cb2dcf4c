/** What the HTTP surfaces share. */
package dev.atelier.server.api;
