// The simulator's own API.

async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail || `The simulator answered ${response.status}.`);
  return answer;
}

const phonePath = (phone) => `/phones/${encodeURIComponent(phone)}`;

export const getCarrier = () => call("GET", "/carrier");
export const getPhones = () => call("GET", "/phones");
export const getThread = (phone) => call("GET", `${phonePath(phone)}/texts`);
export const postText = (phone, text) => call("POST", `${phonePath(phone)}/texts`, text);
export const putPhone = (phone, settings) => call("PUT", phonePath(phone), settings);

/** Listen for as long as the page is open; `handlers` by event name, and `lost`. */
export function listen(handlers) {
  const stream = new EventSource("/events");
  for (const [name, handle] of Object.entries(handlers)) {
    if (name !== "lost") stream.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  stream.addEventListener("error", () => {
    handlers.lost();
    // The browser comes back by itself after a dropped connection, not after a refused one.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(handlers), 1000);
  });
}
