// The size of a text on the air, as sayso.domain.parts counts it; a test holds the two together.

const EXTENSION = "\f^{}\\[~]|€";
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const ALPHABET = new Set(BASIC + EXTENSION);

/** Parts, encoding, units, and the characters that forced UCS-2. */
export function countParts(text) {
  const costly = [...new Set(text)].filter((character) => !ALPHABET.has(character));
  return costly.length ? count(text, costly, 70, 67, isHighSurrogate) : countGsm(text);
}

function countGsm(text) {
  // An extension character travels as an escape and itself; U+001B can't occur otherwise here.
  const septets = text.replace(/[\f^{}\\[~\]|€]/g, "\u001b$&");
  return count(septets, [], 160, 153, (unit) => unit === 0x1b);
}

function isHighSurrogate(unit) {
  return (unit & 0xfc00) === 0xd800;
}

function count(units, costly, single, each, opensPair) {
  const encoding = costly.length ? "UCS-2" : "GSM-7";
  let parts = 1;
  if (units.length > single) {
    parts = 0;
    for (let start = 0; start < units.length; parts += 1) {
      start += each;
      // A pair is never split: its first half moves on with the second.
      if (start < units.length && opensPair(units.charCodeAt(start - 1))) start -= 1;
    }
  }
  return { parts, encoding, units: units.length, costly, single, each };
}
