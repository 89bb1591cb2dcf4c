/** The Model Context Protocol: sessions of 2024-11-05 to 2025-11-25 by its SDK, and revision 2026-07-28 without any state, over any transport. */
package dev.atelier.mcp.lane;
