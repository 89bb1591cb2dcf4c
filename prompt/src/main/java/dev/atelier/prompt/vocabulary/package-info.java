/** Wishes in words that a small model knows: a table a model, replaced words reported in the plan. */
package dev.atelier.prompt.vocabulary;
