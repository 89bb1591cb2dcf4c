/** A model from nothing or from another one's weights: closed-form parts, flow matching on rendered or own pictures, distillation, the finished folder. */
package dev.atelier.training.pretraining;
