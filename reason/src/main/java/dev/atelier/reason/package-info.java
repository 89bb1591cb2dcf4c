/** What went wrong in plain words with its place, never in the words of a parser or a library. */
package dev.atelier.reason;
