package dev.atelier.mcp.tool;

import dev.atelier.mcp.DrawingService;

/**
 * Who calls tools.
 *
 * @param service as this caller sees it
 * @param mayDraw whether it may submit, cancel and upload; otherwise it reads
 * @param local whether it runs on this machine as the same user, so that its paths may be read
 */
public record Caller(DrawingService service, boolean mayDraw, boolean local) {}
