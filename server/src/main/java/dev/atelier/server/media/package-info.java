/** Files: finished pictures, uploads, and references brought from elsewhere. */
package dev.atelier.server.media;
