// Every visible text whose contrast with its ground is below arguments[0].
const least = arguments[0];
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function rgba(color) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

function over(top, bottom) {
  const alpha = top[3];
  return [0, 1, 2].map((i) => top[i] * alpha + bottom[i] * (1 - alpha)).concat(1);
}

function ground(element) {
  const layers = [];
  for (let each = element; each; each = each.parentElement) {
    layers.push(rgba(getComputedStyle(each).backgroundColor));
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
}

function luminance(color) {
  const [r, g, b] = color.slice(0, 3).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(element) {
  const below = ground(element);
  const words = luminance(over(rgba(getComputedStyle(element).color), below));
  const [dark, light] = [words, luminance(below)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const hasWords = (element) =>
  [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
// Disabled controls are exempt (WCAG 2.2, 1.4.3).
return [...document.querySelectorAll("body *")]
  .filter((element) => hasWords(element) && element.checkVisibility() && !element.disabled)
  .filter((element) => !element.closest("noscript, template, option"))
  .map((element) => [element.className, element.textContent.slice(0, 30), contrast(element)])
  .filter(([, , ratio]) => ratio < least);
