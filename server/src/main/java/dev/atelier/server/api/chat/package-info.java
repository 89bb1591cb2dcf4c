/** Chat completions as OpenAI's clients speak them. */
package dev.atelier.server.api.chat;
