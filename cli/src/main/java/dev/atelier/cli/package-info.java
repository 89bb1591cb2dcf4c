/** The commands of {@code ./atelier}: thin translations between a command line and the engine, the service and the trainer. */
package dev.atelier.cli;
