"""How the offer page looks: a ticket on paper by day, by lamplight at night."""

from base64 import b64encode
from hashlib import sha256

# How long the screen that follows a redemption says that it was just now.
FRESH_S = 60

STYLE = """
:root { color-scheme: light dark; --page: #f6efe4; --card: #fffdf9; --ink: #2b241d; --soft: #655a4e;
        --line: #dccfbd; --field: #8d7f6e; --accent: #a33f16; --on: #fff; --bad: #a3161a;
        --badfill: #fdeeec; --good: #0a6b45; --ongood: #fff; --glow: #f9d9b8; --stale: #6b6259; }
@media (prefers-color-scheme: dark) {
  :root { --page: #1b1714; --card: #26201b; --ink: #f4ebdf; --soft: #c3b5a4; --line: #43382e;
          --field: #8f8071; --accent: #f2a06b; --on: #2a1507; --bad: #ffb4a8; --badfill: #3d201c;
          --good: #0b7a50; --glow: #3a2618; --stale: #5b534b; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; background: radial-gradient(50rem 26rem at 50% -10rem,
       var(--glow), transparent) var(--page); color: var(--ink); overflow-wrap: anywhere;
       font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
.brand { text-align: center; color: var(--soft); font-weight: 600; margin: .5rem 0 1rem; }
h1 { font: 600 clamp(1.7rem, 7vw, 2.3rem)/1.15 Georgia, "Iowan Old Style", "Times New Roman",
     serif; letter-spacing: -.012em; margin: 0; text-wrap: balance; }
p { margin: 0; }
a { color: var(--accent); text-underline-offset: .2em; }
.ticket { background: var(--card); border: 1px solid var(--line); border-radius: 1.5rem;
          box-shadow: 0 1.25rem 3rem -1.5rem #0004; overflow: hidden; }
.top, .middle, .rest { padding: 1.5rem clamp(1.1rem, 6vw, 2rem); }
.top { text-align: center; display: grid; gap: .75rem; }
.when { color: var(--soft); }
.middle { border-top: 2px dashed var(--line); text-align: center; display: grid; gap: .5rem;
          justify-items: center; }
.label { color: var(--soft); font-size: .9375rem; }
.code { font: 700 clamp(1.9rem, 10.5vw, 2.7rem)/1.2 ui-monospace, "SF Mono", Menlo, Consolas,
        monospace; letter-spacing: .04em; }
.qr { width: min(15rem, 70vw); border-radius: .75rem; display: block; margin-top: .25rem; }
.rest { border-top: 1px solid var(--line); display: grid; gap: 1.1rem; }
.rest h2 { font-size: .9375rem; color: var(--soft); font-weight: 600; margin: 0 0 .2rem; }
.rest ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
.rest small { display: block; color: var(--soft); font-size: .9375rem; }
.terms { font-size: .9375rem; white-space: pre-line; }
form { display: grid; gap: .9rem; }
label { font-weight: 600; display: grid; gap: .35rem; }
select { width: 100%; font: inherit; font-size: 1.15rem; color: var(--ink); padding: .75rem .9rem;
  background: var(--page); border: 1.5px solid var(--field); border-radius: .75rem;
  min-height: 3.25rem; }
button, .button { display: block; width: 100%; border: 0; border-radius: 1rem; cursor: pointer;
  padding: 1rem 1.2rem; min-height: 3.6rem; font: inherit; font-size: 1.1875rem; font-weight: 700;
  text-align: center; text-decoration: none; background: var(--accent); color: var(--on); }
.quiet { background: none; border: 1.5px solid var(--field); color: var(--ink); font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hint { color: var(--soft); font-size: .9375rem; text-align: center; }
.faults { background: var(--badfill); color: var(--bad); font-weight: 600; border-radius: .75rem;
          padding: .9rem 1.1rem; margin-bottom: 1rem; }
.over .code { text-decoration: line-through; color: var(--soft); font-size: 1.5rem; }
footer { color: var(--soft); font-size: .9375rem; text-align: center; margin: 1.5rem 1rem 0; }
.proof { background: var(--good); color: var(--ongood); text-align: center; display: grid;
         justify-items: center; gap: .9rem; padding: 1.75rem 1.25rem 2rem; position: relative;
         overflow: hidden; animation: fade .4s FRESHs forwards; }
.proof h2 { font-size: clamp(2.1rem, 11vw, 3rem); line-height: 1.1; margin: 0; }
.proof > * { position: relative; }
.proof .glint { position: absolute; inset: 0 -40%; animation: glint 2.4s linear infinite;
         background: linear-gradient(105deg, transparent 42%, #ffffff2e 50%, transparent 58%); }
.bar { width: 100%; height: .6rem; border-radius: 1rem; background: #ffffff40; overflow: hidden; }
.bar i { display: block; height: 100%; background: #fff; transform-origin: left;
         animation: shrink FRESHs linear forwards; }
.clock { width: 9rem; }
.clock .face { fill: #fff; }
.clock line { stroke: #1d1a17; stroke-width: 2; stroke-linecap: round; }
.clock .hours { stroke-width: 5; }
.clock .minutes { stroke-width: 3.5; }
.clock .seconds { stroke: #c1270f; }
.clock .hours, .clock .minutes, .clock .seconds { transform-origin: 50px 50px;
  animation: turn 60s linear infinite; }
.clock .seconds { animation-timing-function: steps(60); }
.clock .minutes { animation-duration: 3600s; }
.clock .hours { animation-duration: 43200s; }
.fresh { animation: gone .01s FRESHs forwards; }
.stale { position: absolute; visibility: hidden; animation: come .01s FRESHs forwards; }
.late .proof, .late .fresh, .late .stale, .late .bar i { animation-delay: 0s;
  animation-duration: .01s; }
@keyframes turn { to { transform: rotate(1turn); } }
@keyframes shrink { to { transform: scaleX(0); } }
@keyframes glint { from { transform: translateX(-55%); } to { transform: translateX(55%); } }
@keyframes fade { to { background: var(--stale); } }
@keyframes gone { to { position: absolute; visibility: hidden; } }
@keyframes come { to { position: relative; visibility: visible; } }
@media (prefers-reduced-motion: reduce) { .proof .glint { display: none; } }
""".replace("FRESH", str(FRESH_S))


def policy(*styles: str) -> str:
    """What the page may do: nothing is loaded, nothing runs, its form comes back here."""
    hashes = " ".join(f"'sha256-{_digest(one)}'" for one in styles if one)
    return (
        f"default-src 'none'; style-src {hashes}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
