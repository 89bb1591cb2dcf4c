/** What a person sees of a run: loss plots and sheets of samples. */
package dev.atelier.training.report;
