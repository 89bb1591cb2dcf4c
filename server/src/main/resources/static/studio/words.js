// How the page says what the service tells.

/**
 * @param {number} seconds
 * @returns {string} such as "12 s", "3 min", "2 h"
 */
export function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/**
 * What happens to a prediction, and how long it will take.
 * @param {import("./types.js").Progress} progress
 */
export function phase(progress) {
  const said = [doing(progress)];
  if (progress.seconds_left != null) said.push(`about ${duration(progress.seconds_left)} left`);
  return said.join(" · ");
}

/** @param {import("./types.js").Progress} progress */
function doing(progress) {
  switch (progress.phase) {
    case "waiting":
      return progress.place === 1 ? "Waiting, next in line" : `Waiting, number ${progress.place} in line`;
    case "planning":
      return "Planning";
    case "preparing":
      return `Reading the words${which(progress, " of ")}`;
    case "drawing":
      return `Drawing${which(progress, " ")}${progress.steps ? `, step ${progress.step} of ${progress.steps}` : ""}`;
    case "refining":
      return `Adding detail${which(progress, " to ")}`;
    case "decoding":
      return `Decoding${which(progress, " ")}`;
    default:
      return "Being made";
  }
}

/**
 * Which of several pictures; nothing when there is only one.
 * @param {import("./types.js").Progress} progress
 * @param {string} before
 */
function which({ image = 0, at_once = 1, images = 1 }, before) {
  if (images === 1) return "";
  if (at_once === images) return `${before}${images} pictures`;
  if (at_once === 1) return `${before}picture ${image + 1} of ${images}`;
  return `${before}${at_once} of ${images} pictures`;
}

/**
 * @param {{images: number, seconds: number, width?: number, height?: number, warnings?: string[]}} estimate
 * @returns {string} such as "4 pictures of 640 × 384, about 31 s", and what cannot be had as asked
 */
export function estimate({ images, seconds, width, height, warnings = [] }) {
  const what = images === 1 ? "1 picture" : `${images} pictures`;
  const size = width ? ` of ${width} × ${height}` : "";
  const time = seconds > 0 ? `, about ${duration(seconds)}` : "";
  return [what + size + time, ...warnings].join(" · ");
}

/** @param {import("./types.js").Prediction} prediction */
export function facts(prediction) {
  const said = [prediction.served_by];
  const sized = prediction.images.find((image) => image.width);
  if (sized) said.push(`${sized.width} × ${sized.height}`);
  said.push(`seed ${prediction.seed}`);
  if (prediction.metrics.predict_time) said.push(duration(prediction.metrics.predict_time));
  said.push(new Date(prediction.created_at).toLocaleString());
  return said.join(" · ");
}

/** @param {import("./types.js").Picture} picture @param {string} served */
export function fileName(picture, served) {
  const extension = picture.url?.split(".").pop() ?? "png";
  return `${served}-${picture.seed}.${extension}`;
}
