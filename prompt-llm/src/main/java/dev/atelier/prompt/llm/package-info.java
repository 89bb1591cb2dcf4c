/**
 * Planning by a language model, a local Qwen3 or any OpenAI-compatible chat endpoint. An answer that is late, does not fit the
 * schema or loses what the person asked for is thrown away: the rules plan instead, and the plan says so.
 */
package dev.atelier.prompt.llm;
