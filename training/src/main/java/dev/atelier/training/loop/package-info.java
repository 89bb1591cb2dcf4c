/** What every kind of training shares: budget, learning rates, the loop over updates, log, checkpoint, seeds. */
package dev.atelier.training.loop;
