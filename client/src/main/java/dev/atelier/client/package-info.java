/**
 * The service from Java. {@link dev.atelier.client.AtelierClient} sends an {@link dev.atelier.client.ImageOrder} and follows what becomes
 * of it; the answers are the records of {@code dev.atelier.api}. The JDK's HTTP client and Jackson, nothing else.
 */
package dev.atelier.client;
