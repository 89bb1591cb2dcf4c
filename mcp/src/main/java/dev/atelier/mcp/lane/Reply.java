package dev.atelier.mcp.lane;

import tools.jackson.databind.node.ObjectNode;

/**
 * An answer.
 *
 * @param status of HTTP, where that is the transport
 * @param message of JSON-RPC
 */
public record Reply(int status, ObjectNode message) {}
