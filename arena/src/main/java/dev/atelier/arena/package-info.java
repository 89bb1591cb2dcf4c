/** Blind votes between two pictures, and the honest ranking of those who made them; plain Java, usable alone. */
package dev.atelier.arena;
