package dev.atelier.server.queue;

import java.time.Duration;

/**
 * Who holds claimed work.
 *
 * @param id of one device of one process; a process started anew has another
 * @param lease how long work is held without a renewal
 */
public record LeaseOwner(String id, Duration lease) {}
