// What the service tells, for editors and type checkers; browsers never load this file.
/**
 * @typedef {object} Input what was ordered, in the fields of an order
 * @property {string} model
 * @property {string} prompt
 * @property {string[]} [images] URLs of references
 * @property {string} [size]
 * @property {number} [max_images]
 * @property {number} [seed]
 */
/**
 * @typedef {object} Picture
 * @property {number} index from 0
 * @property {string} [url] missing when the picture failed
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} seed
 * @property {string} prompt
 * @property {string} [error]
 */
/**
 * @typedef {object} Prediction
 * @property {string} id rises with time
 * @property {"planning"|"starting"|"processing"|"completed"|"failed"|"canceled"} state
 * @property {string} model
 * @property {string} served_by
 * @property {Picture[]} images
 * @property {string} error
 * @property {number} progress 0 to 1
 * @property {number} seed
 * @property {string} revised_prompt
 * @property {string[]} [warnings]
 * @property {string[]} [reasons] who planned it, then why so many pictures and this size
 * @property {string} created_at
 * @property {{queue_time?: number, predict_time?: number}} metrics
 * @property {Input} [input]
 */
/**
 * @typedef {object} Progress
 * @property {string} id
 * @property {"waiting"|"planning"|"preparing"|"drawing"|"refining"|"decoding"|"making"} phase
 * @property {number} progress 0 to 1
 * @property {number|null} seconds_left
 * @property {number} [place] in the queue, from 1
 * @property {number} [image] index of the first picture being made
 * @property {number} [at_once] pictures being made together
 * @property {number} [images] pictures of the whole
 * @property {number} [step]
 * @property {number} [steps] 0: not known
 * @property {string} [preview] a data URI
 */
/**
 * @typedef {object} Property of a model's input schema
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [minLength]
 * @property {number} [maxLength]
 * @property {number} [maxItems]
 * @property {string[]} [enum]
 * @property {number|string|boolean} [default]
 */
/** @typedef {{model: string, displayName: string, served_by: string}} Model */
export {};
