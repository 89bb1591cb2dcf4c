/**
 * Model folders as Hugging Face lays them out: JSON configs and weights, strictly checked and memory-mapped. Weights are safetensors, single or
 * sharded, or GGUF; {@link dev.atelier.engine.weights.Weights} gives the tensors of either under the same names.
 */
package dev.atelier.engine.weights;
