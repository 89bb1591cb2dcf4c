/** The models that this service offers, the names they go by, and what each accepts. */
package dev.atelier.server.catalog;
