/** Model folders as Hugging Face lays them out: JSON configs, safetensors single or sharded, strictly checked and memory-mapped. */
package dev.atelier.engine.weights;
