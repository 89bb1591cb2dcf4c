/** Conversations with the service's language model, as OpenAI's clients read them. */
package dev.atelier.api.chat;
