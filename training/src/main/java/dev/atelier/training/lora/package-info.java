/** Fine-tuning of FLUX.2-family folders by low-rank adapters on users' pictures: the base stays frozen, the result is one small file. */
package dev.atelier.training.lora;
