// SPDX-License-Identifier: GPL-3.0-or-later
// The page's style: light, readable at 1280 and 800 px, printable. Fonts are the reader's own, so
// that the page refers to nothing outside itself.
#include "html.h"

#include <stddef.h>

const char *const l1t_html_style[] = {
    ":root{--ink:#1d2733;--soft:#55616e;--line:#dde3e8;--pale:#f5f7f9;--accent:#0b4f7d;"
    "--good:#00795a;--good-pale:#e5f4ee;--warn:#b54708;--warn-pale:#fdf1e3;--bad:#b42318;"
    "--bad-pale:#fdecea}\n",
    "*{box-sizing:border-box}\n",
    "html{scroll-behavior:smooth}\n",
    "body{margin:0;color:var(--ink);background:#fff;font:16px/1.55 'Source Sans 3','Segoe UI',"
    "Roboto,'Helvetica Neue',Arial,Lato,sans-serif}\n",
    ".banner{background:var(--accent);color:#fff;padding:1.5rem max(1.5rem,calc(50% - 610px)) "
    "1.3rem}\n",
    ".banner h1{margin:0;font-size:1.75rem;line-height:1.2;font-weight:650;color:#fff}\n",
    ".banner p{margin:.35rem 0 0;color:#d6e6f2}\n",
    ".frame{display:grid;grid-template-columns:11.5rem minmax(0,1fr);gap:2.2rem;max-width:1260px;"
    "margin:0 auto;padding:1.2rem 1.25rem 0}\n",
    "nav{position:sticky;top:1rem;align-self:start;font-size:.92rem}\n",
    "nav ol{list-style:none;margin:0;padding:0;border-left:2px solid var(--line)}\n",
    "nav a{display:block;padding:.24rem .8rem;color:var(--soft);text-decoration:none}\n",
    "nav a:hover{color:var(--accent);background:var(--pale)}\n",
    "main{min-width:0}\n",
    "sup,sub{line-height:0}\n",
    "section{margin:0 0 2.6rem}\n",
    "h2{margin:.2rem 0 .7rem;padding-bottom:.25rem;border-bottom:2px solid var(--line);"
    "font-size:1.38rem;line-height:1.25;color:var(--accent)}\n",
    "h3{margin:1.5rem 0 .5rem;font-size:1.07rem}\n",
    "p{margin:.6rem 0;max-width:84ch}\n",
    "a{color:var(--accent)}\n",
    "code,kbd,pre{font:.88em/1.5 'DejaVu Sans Mono','SFMono-Regular',Menlo,Consolas,monospace}\n",
    "code{background:var(--pale);padding:.05em .3em;border-radius:3px;overflow-wrap:anywhere}\n",
    "pre{background:var(--pale);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;"
    "overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}\n",
    ".lead{font-size:1.06rem}\n",
    ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(14.5rem,1fr));gap:.9rem;"
    "margin:1rem 0 1.2rem}\n",
    ".card{border:1px solid var(--line);border-top:4px solid var(--soft);border-radius:7px;"
    "padding:.75rem .95rem .8rem;background:#fff}\n",
    ".card "
    "h3{margin:0;font-size:.82rem;font-weight:600;letter-spacing:.03em;text-transform:uppercase;"
    "color:var(--soft)}\n",
    ".card .big{margin:.15rem 0 .1rem;font-size:1.6rem;line-height:1.2;font-weight:650;"
    "font-variant-numeric:tabular-nums}\n",
    ".card p{margin:.15rem 0 0;font-size:.92rem;line-height:1.42;color:var(--soft)}\n",
    ".card.good{border-top-color:var(--good)}.card.good .big{color:var(--good)}\n",
    ".card.warn{border-top-color:var(--warn)}.card.warn .big{color:var(--warn)}\n",
    ".card.bad{border-top-color:var(--bad)}.card.bad .big{color:var(--bad)}\n",
    ".pill{display:inline-block;padding:.02rem .55rem;border-radius:99px;font-size:.86rem;"
    "font-weight:600;white-space:nowrap;background:var(--pale);color:var(--soft)}\n",
    ".pill.good{background:var(--good-pale);color:var(--good)}\n",
    ".pill.warn{background:var(--warn-pale);color:var(--warn)}\n",
    ".pill.bad{background:var(--bad-pale);color:var(--bad)}\n",
    ".note{border-left:4px solid var(--line);padding:.1rem 0 .1rem .9rem;color:var(--soft)}\n",
    ".note.warn{border-color:var(--warn)}\n",
    "figure{margin:1.1rem 0 1.3rem}\n",
    "figure svg{display:block;width:100%;height:auto}\n",
    "svg text{font-family:'Source Sans 3','Segoe UI',Roboto,'Helvetica "
    "Neue',Arial,Lato,sans-serif}\n",
    "figcaption{margin-top:.3rem;max-width:86ch;font-size:.92rem;line-height:1.45;color:var(--soft)"
    "}\n",
    "figcaption b,caption b{color:var(--ink)}\n",
    ".two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1.4rem}\n",
    ".wide{overflow-x:auto;margin:1rem 0 1.2rem}\n",
    "table{border-collapse:collapse;width:100%;font-size:.93rem;font-variant-numeric:tabular-nums}"
    "\n",
    "caption{caption-side:top;text-align:left;padding:0 0 .4rem;color:var(--soft);line-height:1.42;"
    "max-width:86ch}\n",
    "th,td{padding:.3rem .6rem;text-align:left;vertical-align:baseline;border-bottom:1px solid "
    "var(--line)}\n",
    "thead th{border-bottom:2px solid "
    "#b9c3cc;font-weight:600;line-height:1.25;vertical-align:bottom}\n",
    "tbody tr:hover{background:var(--pale)}\n",
    "tr.total td{border-top:2px solid #b9c3cc;font-weight:650}\n",
    ".n{text-align:right;white-space:nowrap}\n",
    ".pm,.unit{color:var(--soft);font-weight:400}\n",
    ".unit{display:block;font-size:.85em}\n",
    "table.small{width:auto;min-width:24rem}\n",
    ".keep{white-space:nowrap}\n",
    ".swatch{display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.45em}\n",
    "details{margin:.9rem 0;border:1px solid var(--line);border-radius:6px;padding:0 .9rem}\n",
    "summary{cursor:pointer;padding:.5rem 0;font-weight:600;color:var(--accent)}\n",
    "details[open] summary{border-bottom:1px solid var(--line);margin-bottom:.5rem}\n",
    "dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem "
    "1.2rem;margin:.8rem 0}\n",
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n",
    "footer{max-width:1260px;margin:0 auto;padding:.4rem 1.25rem "
    "2rem;color:var(--soft);font-size:.88rem}\n",
    "@media(max-width:900px){.frame{display:block;padding-top:.8rem}nav{position:static;margin-"
    "bottom:1.2rem}"
    "nav ol{display:flex;flex-wrap:wrap;border-left:0;gap:.1rem .2rem}nav a{padding:.15rem .55rem;"
    "border:1px solid var(--line);border-radius:99px}.two{display:block}.two "
    "svg{max-width:620px;margin:0 auto}"
    "table{font-size:.85rem}th,td{padding:.28rem .4rem}}\n",
    "@media print{body{font-size:10.5pt}.banner{background:#fff;color:var(--ink);padding:0;"
    "border-bottom:2px solid var(--accent)}.banner h1{color:var(--accent)}.banner "
    "p{color:var(--soft)}"
    "nav{display:none}.frame{display:block;padding:0;max-width:none}figure,table,.card{break-"
    "inside:avoid}"
    "h2,h3{break-after:avoid}.wide{overflow:visible}}\n",
    NULL,
};
