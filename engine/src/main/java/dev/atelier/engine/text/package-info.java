/** Text: the Qwen tokenizer and chat form, Qwen3 as prompt encoder and as causal language model. */
package dev.atelier.engine.text;
