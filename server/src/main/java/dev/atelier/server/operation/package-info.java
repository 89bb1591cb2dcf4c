/** What keeps the service going and lets operators see it: scheduled tasks, metrics, health. */
package dev.atelier.server.operation;
