/** An application of Spring AI that draws with Atelier. */
package dev.atelier.examples;
