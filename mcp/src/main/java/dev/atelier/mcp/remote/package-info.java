/** A running service, over its HTTP API. */
package dev.atelier.mcp.remote;
