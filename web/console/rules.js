// Why a text put its sender before a person, in words that need no knowledge of the product.

const MODEL = /^the model: /;

/** A ledger entry's rule as one or two sentences. */
export function explain(rule) {
  if (!rule || rule === "no rule") return "No rule on record says why.";
  if (MODEL.test(rule)) {
    return "No fixed rule fits these words, but they resemble those of people who wanted out. When in doubt, we hold.";
  }
  const [name, ...source] = rule.split(": ");
  const because = source.length ? ` (${source.join(": ")})` : "";
  return `They come close to a known way of asking to be left alone: “${name}”${because}.`;
}
