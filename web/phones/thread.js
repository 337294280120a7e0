// The bubbles of one phone. Bodies are strangers' words: they only ever become text nodes.

import { caption, dayOf, isLost } from "./format.js";

const LINK = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

export class Thread {
  constructor(list, scroller, newer) {
    this.list = list;
    this.scroller = scroller;
    this.newer = newer;
    this.items = new Map();
    this.lastDay = "";
    scroller.addEventListener("scroll", () => this.atEnd() && this.markSeen(), { passive: true });
    newer.addEventListener("click", () => this.toEnd());
  }

  get isEmpty() {
    return this.items.size === 0;
  }

  clear() {
    this.list.replaceChildren();
    this.items.clear();
    this.lastDay = "";
    this.markSeen();
  }

  /** Show a whole thread, without the fuss of texts arriving. */
  fill(texts) {
    this.clear();
    texts.forEach((text) => this.add(text));
    this.toEnd();
  }

  /** Add a text, or bring a known one up to date. */
  put(text) {
    const known = this.items.get(text.message_id);
    if (known) {
      this.dress(known, text);
      return;
    }
    const follow = this.atEnd() || text.direction === "in";
    this.add(text).classList.add("arriving");
    if (follow) this.toEnd();
    else this.newer.hidden = false;
  }

  add(text) {
    this.separate(text);
    const item = document.createElement("li");
    const bubble = document.createElement("p");
    bubble.className = "bubble";
    bubble.append(...linked(text.body));
    const note = document.createElement("p");
    note.className = "caption";
    item.append(bubble, note);
    this.dress(item, text);
    this.list.append(item);
    this.items.set(text.message_id, item);
    return item;
  }

  dress(item, text) {
    item.classList.add("text", text.direction === "in" ? "mine" : "theirs");
    item.classList.toggle("lost", isLost(text));
    item.classList.toggle("waiting", !isLost(text) && text.status !== "delivered");
    item.dataset.status = text.status;
    const words = caption(text);
    const note = item.lastElementChild;
    if (note.textContent !== words) note.textContent = words;
  }

  separate(text) {
    const day = dayOf(text.at);
    if (day === this.lastDay) return;
    this.lastDay = day;
    const item = document.createElement("li");
    item.className = "day";
    item.textContent = day;
    this.list.append(item);
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < 60;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.markSeen();
  }

  markSeen() {
    this.newer.hidden = true;
  }
}

function linked(body) {
  const nodes = [];
  let end = 0;
  for (const match of body.matchAll(LINK)) {
    nodes.push(body.slice(end, match.index), link(match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(body.slice(end));
  return nodes;
}

function link(url) {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}
