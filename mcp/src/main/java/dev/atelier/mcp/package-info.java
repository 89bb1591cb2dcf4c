/** A service that draws, as agents' tools see it: in this process or elsewhere. */
package dev.atelier.mcp;
