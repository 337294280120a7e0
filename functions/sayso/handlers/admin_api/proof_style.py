"""How the proof of consent looks, on a screen and on A4 or Letter."""

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { --ink: #16181d; --soft: #555b66; --line: #c9cdd4; --well: #f5f6f8; --good: #0d6b3f;
        --bad: #a3161a; }
* { box-sizing: border-box; }
html { background: #e7e9ed; }
body { margin: 0 auto; max-width: 52rem; padding: 3rem 3.25rem; background: #fff; color: var(--ink);
       font: 1rem/1.5 Georgia, "Times New Roman", "Liberation Serif", serif;
       overflow-wrap: anywhere; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 1rem; }
h1 { font-size: 1.9rem; line-height: 1.15; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .75rem; padding-bottom: .25rem;
     border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .5rem 0; }
header p, .note, .when { color: var(--soft); }
.verdict { border: 1px solid; border-left-width: 6px; padding: .75rem 1rem; margin: 1.5rem 0; }
.verdict p { margin: .25rem 0; color: var(--ink); }
.verdict strong { font-size: 1.05rem; }
.good { color: var(--good); background: #f1f8f4; }
.bad { color: var(--bad); background: #fdf3f3; }
dl { display: grid; gap: .3em 1.5em; margin: .75em 0; }
dl > div { display: grid; grid-template-columns: 10em minmax(0, 1fr); gap: 0 1em; }
article dl { grid-template-columns: repeat(2, minmax(0, 1fr)); }
article .wide { grid-column: 1 / -1; }
article dl > div { grid-template-columns: 8em minmax(0, 1fr); }
dt { color: var(--soft); }
dd { margin: 0; }
article { border: 1px solid var(--line); padding: 1rem 1.25rem; margin: 1rem 0; }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.when { margin: 0; }
figure { margin: .75rem 0; }
figcaption { color: var(--soft); font-size: .9em; }
blockquote { margin: .2rem 0 0; padding: .6rem .9rem; border-left: 4px solid var(--ink);
             background: var(--well); white-space: pre-wrap; overflow-wrap: anywhere;
             unicode-bidi: isolate; font-size: 1.05rem; }
.shown, .question { border-left-color: var(--line); }
.digest, pre, code { font-family: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace;
                     font-size: .8em; }
pre { margin: .25rem 0 1rem; padding: .6rem .8rem; background: var(--well);
      border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere;
      unicode-bidi: isolate; }
.code { font: .75em ui-monospace, "DejaVu Sans Mono", monospace; border: 1px solid var(--soft);
        border-radius: .2em; padding: 0 .2em; }
.raw { unicode-bidi: isolate; }
li { margin: .4rem 0; }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1.1rem; }
  dl, article dl, dl > div, article dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .5em; }
  article { padding: .8rem .9rem; }
}
@page { margin: 15mm 16mm 18mm;
        @bottom-left { content: "Record of consent"; font: 9pt Georgia, serif; color: #555b66; }
        @bottom-right { content: "Page " counter(page) " of " counter(pages);
                        font: 9pt Georgia, serif; color: #555b66; } }
@media print {
  html, body { background: #fff; }
  body { max-width: none; padding: 0 1px; font-size: 9.5pt; line-height: 1.38; }
  h2 { margin: 1rem 0 .4rem; }
  .verdict { margin: .8rem 0; padding: .5rem .8rem; }
  header { padding-bottom: .5rem; }
  p { margin: .35rem 0; }
  article { padding: .5rem .8rem; margin: .5rem 0; }
  dl { gap: .1em 1.5em; margin: .5em 0 0; }
  figure { margin: .5rem 0; }
  blockquote { padding: .35rem .7rem; font-size: 1em; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, .head, figcaption { break-after: avoid; }
  figure, .verdict, dl, pre, li { break-inside: avoid; }
  article { break-inside: avoid; }
  .long { break-inside: auto; }
  .appendix { break-before: page; }
}
"""

# Nothing is loaded and nothing runs; no style applies but the one above, by its digest.
STYLE_SOURCE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
_RULES = f"default-src 'none'; style-src {STYLE_SOURCE}; base-uri 'none'; form-action 'none'"
POLICY_IN_PAGE = _RULES
POLICY = f"{_RULES}; frame-ancestors 'none'"
