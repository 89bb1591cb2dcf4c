/** What is offered besides tools: resources, prompts, completions, and what the server says of itself. No protocol is known here. */
package dev.atelier.mcp.offer;
