// The camera: the code in a customer's page, or the bar code of the till's own system.

import { h } from "./dom.js";

const EVERY_MS = 160;
const LARGEST = 800;

export const canScan = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** The code that was scanned: the last part of a link to an offer, or else the text itself. */
export function codeIn(text) {
  const found = /\/o\/([^/?#\s]+)/.exec(text);
  return (found ? decodeURIComponent(found[1]) : text).trim().slice(0, 60);
}

/** Show the camera in `place` until something is read; "" where it was stopped, or `place` left. */
export async function scan(place, stopped) {
  const wanted = { video: { facingMode: "environment" }, audio: false };
  const stream = await navigator.mediaDevices.getUserMedia(wanted);
  const video = h("video", { playsinline: true, muted: true });
  try {
    video.muted = true;
    video.srcObject = stream;
    place.replaceChildren(video);
    await video.play();
    const read = await reader();
    while (!stopped.aborted && place.isConnected) {
      const text = await read(video);
      if (text) return codeIn(text);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    return "";
  } finally {
    for (const track of stream.getTracks()) track.stop();
    place.replaceChildren();
  }
}

/** The browser's own reader where it has one, which reads bar codes too; else jsQR. */
async function reader() {
  const kinds = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  const formats = ["qr_code", "code_128"].filter((kind) => kinds.includes(kind));
  if (formats.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  await import("./jsQR.js");
  const context = h("canvas").getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LARGEST / Math.max(video.videoWidth, video.videoHeight, 1));
    const [width, height] = [video.videoWidth, video.videoHeight].map((n) => Math.round(n * scale));
    if (!width || !height) return "";
    Object.assign(context.canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    return globalThis.jsQR(context.getImageData(0, 0, width, height).data, width, height)?.data ?? "";
  };
}
