/** The surface for agents: the Model Context Protocol at {@code /mcp}, and skills that say how to use this service. */
package dev.atelier.server.api.mcp;
