/** Wishes in words that a small model knows; replaced words are reported in the plan. */
package dev.atelier.prompt.vocabulary;
