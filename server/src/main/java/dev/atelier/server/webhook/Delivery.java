package dev.atelier.server.webhook;

import java.io.Serializable;

/**
 * What is sent, as it is kept in the database between attempts.
 *
 * @param body JSON, the same at every attempt
 */
record Delivery(String url, String event, String body) implements Serializable {}
