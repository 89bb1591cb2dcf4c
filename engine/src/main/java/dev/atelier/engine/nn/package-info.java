/** The layers that models are made of: linear in its precisions, norms, attention, rotary positions, convolutions. */
package dev.atelier.engine.nn;
