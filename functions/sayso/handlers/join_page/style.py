"""How the opt-in page looks: paper by day, a lamp by night, on a phone and on a desk."""

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { color-scheme: light dark; --page: #f6efe4; --card: #fffdf9; --ink: #2b241d; --soft: #655a4e;
        --line: #dccfbd; --field: #8d7f6e; --accent: #a33f16; --on: #fff; --bubble: #f3e6d6;
        --bad: #a3161a; --badfill: #fdeeec; --glow: #f9d9b8; }
@media (prefers-color-scheme: dark) {
  :root { --page: #1b1714; --card: #26201b; --ink: #f4ebdf; --soft: #c3b5a4; --line: #43382e;
          --field: #8f8071; --accent: #f2a06b; --on: #2a1507; --bubble: #352b23; --bad: #ffb4a8;
          --badfill: #3d201c; --glow: #3a2618; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; background: radial-gradient(60rem 30rem at 15% -8rem,
       var(--glow), transparent) var(--page); color: var(--ink); overflow-wrap: anywhere;
       font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.wrap { max-width: 66rem; margin: 0 auto; padding: 1.25rem 1.25rem 3rem; }
nav { display: flex; justify-content: flex-end; gap: .25rem; font-size: .9375rem; }
nav a, nav span { padding: .4rem .7rem; border-radius: 2rem; color: var(--soft); }
nav span { background: var(--card); color: var(--ink); font-weight: 600; }
a { color: var(--accent); text-underline-offset: .2em; }
h1 { font: 600 clamp(1.9rem, 5.2vw, 3rem)/1.12 Georgia, "Iowan Old Style", "Times New Roman", serif;
     letter-spacing: -.012em; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 0 0 1rem; }
.lead { font-size: 1.175rem; color: var(--soft); margin: 0 0 1.75rem; max-width: 34rem; }
main { display: grid; gap: 2.25rem; padding-top: 1.5rem; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.1rem; max-width: 32rem; }
li.step { display: grid; grid-template-columns: 2.25rem 1fr; gap: .85rem; }
.count { width: 2.25rem; height: 2.25rem; border-radius: 50%; background: var(--accent);
         color: var(--on); display: grid; place-items: center; font-weight: 700; }
.what { padding-top: .3rem; }
.bubble { margin: .6rem 0 0; padding: .8rem 1rem; background: var(--bubble);
          border-radius: 1.1rem 1.1rem 1.1rem .3rem; font-size: 1rem; }
.from { display: block; font-size: .8125rem; color: var(--soft); margin-bottom: .2rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1.25rem;
        padding: clamp(1.25rem, 4vw, 2.25rem); box-shadow: 0 1.25rem 3rem -1.5rem #0004; }
.field { margin: 0 0 1.25rem; }
label.name { display: block; font-weight: 600; margin-bottom: .35rem; }
.hint { color: var(--soft); font-size: .9375rem; margin: .35rem 0 0; }
input[type=tel], select { width: 100%; font: inherit; font-size: 1.2rem; color: var(--ink);
  background: var(--page); border: 1.5px solid var(--field); border-radius: .75rem;
  padding: .75rem .9rem; min-height: 3.25rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[aria-invalid=true] { border-color: var(--bad) !important; }
.fault { color: var(--bad); font-weight: 600; margin: .4rem 0 0; }
.faults { background: var(--badfill); color: var(--bad); border-radius: .75rem;
          padding: .9rem 1.1rem; grid-column: 1 / -1; }
.faults p { margin: 0; font-weight: 600; }
.faults ul { margin: .35rem 0 0; padding-left: 1.2rem; }
.faults a { color: inherit; }
.terms { border-top: 1px solid var(--line); margin: 0 0 1.25rem; padding: 1.1rem 0 0;
         font-size: .9688rem; }
.terms p { margin: 0 0 .45rem; }
.terms .links a { margin-right: .9rem; }
.agree { display: grid; grid-template-columns: 1.6rem 1fr; gap: .8rem; align-items: start;
         padding: .95rem 1rem; background: var(--page); border-radius: .85rem;
         border: 1.5px solid transparent; }
.agree input { width: 1.6rem; height: 1.6rem; margin: .1rem 0 0; accent-color: var(--accent); }
.agree label { cursor: pointer; }
.agree.wrong { border-color: var(--bad); }
button, .button { display: block; width: 100%; border: 0; border-radius: .85rem; cursor: pointer;
  padding: .95rem 1.2rem; min-height: 3.4rem; font: inherit; font-size: 1.125rem; font-weight: 700;
  text-align: center; text-decoration: none; background: var(--accent); color: var(--on); }
button:hover, .button:hover { filter: brightness(1.08); }
.way { text-align: center; color: var(--soft); margin: 1rem 0 0; }
.trap { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden; }
.quiet { max-width: 36rem; margin: 8vh auto 0; }
.quiet p { margin: 0 0 1.1rem; }
footer { color: var(--soft); font-size: .9375rem; margin-top: 2rem; text-align: center; }
@media (min-width: 56rem) {
  .wrap { padding: 2rem 2.5rem 4rem; }
  main.two { grid-template-columns: 1fr 28rem; gap: 4.5rem; align-items: start;
             padding-top: 3.5rem; }
}
@media (prefers-reduced-motion: no-preference) { button, .button { transition: filter .15s; } }
"""

# Nothing is loaded and nothing runs; the form goes back to where it came from.
_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
