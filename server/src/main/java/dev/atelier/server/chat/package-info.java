/** Conversations with the local language model, one after the other, on its own thread and never on that of pictures. */
package dev.atelier.server.chat;
