// What somebody has typed and not saved: it outlives a look at another page, not the console, and
// is nothing for whoever signs in next.

const typed = new Map();

/** `id` is a campaign's, or "" for a new one. */
export const unsaved = (id) => typed.get(id);
export const keep = (id, values) => typed.set(id, values);
export const forget = (id) => typed.delete(id);
export const forgetAll = () => typed.clear();

addEventListener("beforeunload", (event) => {
  if (typed.size) event.preventDefault();
});
