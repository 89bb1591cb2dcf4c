/**
 * Calls to addresses that a caller named: reference pictures and webhooks. The door is {@link
 * dev.atelier.server.outbound.OutboundClient}; nothing else in the server opens a connection to a URL from a request.
 */
package dev.atelier.server.outbound;
