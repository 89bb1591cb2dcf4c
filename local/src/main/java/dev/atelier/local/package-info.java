/** Orders of {@code dev.atelier.client} drawn in this process, without a service: the same pictures from the same words and seeds. */
package dev.atelier.local;
