/** Low-rank adapters of the FLUX.2 transformer, in the forms that trainers write them. */
package dev.atelier.engine.lora;
