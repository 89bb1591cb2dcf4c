/** The Atlas surface: {@code /api/v1} as hosted Seedream clients speak it. */
package dev.atelier.server.api.atlas;
