/** Blind battles between models that this service offers, made while nobody else needs the devices, and what votes on them say. */
package dev.atelier.server.arena;
