/** Schedules of noise levels, and noise from seeds. */
package dev.atelier.engine.sampling;
