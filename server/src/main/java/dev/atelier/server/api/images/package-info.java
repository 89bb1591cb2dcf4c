/**
 * The Images surface: {@code /v1} as OpenAI's SDKs speak it and {@code /api/v3} as Ark's do, over the same requests and
 * predictions as every other surface.
 */
package dev.atelier.server.api.images;
