/** The tools: names, schemas, and what they do. No protocol is known here. */
package dev.atelier.mcp.tool;
