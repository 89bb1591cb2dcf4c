/** What travels on {@code /v1} as OpenAI's clients read it and on {@code /api/v3} as Ark's do, as records. */
package dev.atelier.api.images;
