/* style.c - the style sheet of a report (declared in page.h): system fonts, one accent, two themes, print.
 * Series colours: Paul Tol's "bright" scheme, darkened on white and lightened on black so that every line has a contrast
 * of at least 3 to 1; the second half is dashed, so that no line is told by its colour alone. */
#include "report/page.h"

static const char colours[] =
    ":root{color-scheme:light dark;--paper:#f6f6f3;--card:#fff;--ink:#1c2530;--soft:#4b5765;--faint:#647082;"
    "--line:#e2e4e6;--grid:#eceef0;--accent:#0b7285;--wash:#e6f2f3;--yes:#1b7a3d;--no:#b3361b;--warn:#fdf6e3;"
    "--warnline:#e6d5a3;--c0:#33699c;--c1:#d1495b;--c2:#228833;--c3:#aa3377;--c4:#946800;--c5:#1f7f95;"
    "--d0:#9a9fb0;--d1:#5b8fc0;--d2:#2a9d8f;--d3:#c77f1a;--d4:#b3361b;--band0:#f4f1ec;--band1:#faf9f6}\n"
    "@media (prefers-color-scheme:dark){:root{--paper:#12171d;--card:#1a2129;--ink:#e8ecf1;--soft:#bcc6d1;"
    "--faint:#9aa7b5;--line:#2d3742;--grid:#27303a;--accent:#5cc4cf;--wash:#173038;--yes:#6fcf8d;--no:#ff9a80;"
    "--warn:#2b2719;--warnline:#4f472a;--c0:#7fb2e5;--c1:#ff8291;--c2:#6ccb7b;--c3:#e07db8;--c4:#dcb44c;"
    "--c5:#6fd3e6;--d0:#8d95a8;--d1:#7fb2e5;--d2:#5fd0c2;--d3:#f0b35a;--d4:#ff8d73;--band0:#232b34;"
    "--band1:#1f262e}}\n";

static const char layout[] =
    "*{box-sizing:border-box}html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,"
    "'Helvetica Neue','Noto Sans',Arial,sans-serif;font-variant-numeric:tabular-nums}"
    "main,header>div,nav>div,footer>div{max-width:1140px;margin:0 auto;padding:0 28px}"
    "header{padding:56px 0 28px}h1{font-size:2.15rem;line-height:1.2;font-weight:650;letter-spacing:-.018em;"
    "margin:.2em 0 .35em;text-wrap:balance}"
    ".eyebrow{color:var(--accent);font-weight:600;font-size:.82rem;letter-spacing:.09em;text-transform:uppercase}"
    ".sub{color:var(--faint);margin:0 0 1.4em}.finding{font-size:1.24rem;line-height:1.55;max-width:48em;margin:0 0 "
    "1.1em;text-wrap:pretty}.finding b{font-weight:650;color:var(--accent)}"
    ".context{display:inline-block;background:var(--warn);border:1px solid var(--warnline);border-radius:8px;"
    "padding:.45em .9em;margin:0;font-size:.92rem;color:var(--soft)}"
    "nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line)}"
    "nav>div{display:flex;gap:4px 22px;overflow-x:auto;padding-top:10px;padding-bottom:10px;font-size:.92rem}"
    "a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}nav a{white-space:nowrap;"
    "color:var(--soft)}:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}"
    "section{padding:40px 0 4px;scroll-margin-top:36px}h2{font-size:1.42rem;font-weight:640;letter-spacing:-.01em;"
    "margin:0 0 .25em}.lead{color:var(--soft);margin:0 0 1.3em;max-width:52em}h3{font-size:1rem;font-weight:620;"
    "margin:0}.note,.muted{color:var(--faint)}.note{font-size:.88rem;margin:.4em 0 0}"
    ".skip{position:absolute;left:-999px}.skip:focus{left:12px;top:12px;z-index:3}\n";

static const char blocks[] =
    ".cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:16px;margin-top:24px}"
    ".card,.strip,.group,.pattern,.profile,.facts,details,.scroll{background:var(--card);border:1px solid var(--line);"
    "border-radius:12px}.card{padding:18px 20px 14px}.label{color:var(--faint);font-size:.88rem}"
    ".value{font-size:2.05rem;line-height:1.25;font-weight:620;letter-spacing:-.02em;white-space:nowrap}"
    ".value span{font-size:1rem;font-weight:450;letter-spacing:0;color:var(--soft);margin-left:.28em}"
    ".card p{margin:.4em 0 0;font-size:.84rem;line-height:1.45;color:var(--soft)}"
    ".group,.strip{padding:18px 22px 16px;margin-bottom:16px}.grouphead,.striphead{display:flex;align-items:center;"
    "gap:14px;margin-bottom:10px;flex-wrap:wrap}.grouphead .csv{margin-left:auto;font-size:.84rem}"
    ".striphead .u{color:var(--faint);font-size:.9rem}.striphead .cbar{margin-left:auto}"
    ".charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,460px),1fr));gap:14px 28px}"
    ".profiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:16px}"
    ".profile{padding:16px 18px 10px}.profile h3{margin-bottom:6px}"
    ".pics{display:flex;gap:14px;overflow-x:auto;padding-bottom:4px}.pics figure{flex:none}"
    ".ruler{flex:none;margin-top:-8px}.about{max-width:52em;color:var(--soft);margin:0 0 1.2em}figure{margin:0}figcaption{font-size:.84rem;color:var(--faint);text-align:center;margin-top:4px}"
    ".pattern{padding:20px;display:grid;grid-template-columns:minmax(0,1.7fr) minmax(0,1fr);gap:28px;"
    "align-items:start}.pattern img{width:100%;height:auto;display:block}.pattern dl{margin:0}"
    ".days{display:flex;gap:6px 20px;flex-wrap:wrap;font-size:.88rem;color:var(--soft);margin:0 0 14px;padding:0;"
    "list-style:none}.days i{display:inline-block;width:22px;height:0;border-top:3px solid;margin-right:7px;"
    "vertical-align:middle}.facts{margin:0;padding:8px 22px;display:grid;gap:0 40px;"
    "grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}.facts div,.pattern dl div{display:flex;"
    "justify-content:space-between;gap:18px;padding:9px 0;border-bottom:1px solid var(--grid)}dt{color:var(--soft)}"
    "dd{margin:0;text-align:right;overflow-wrap:anywhere}.facts .wide{grid-column:1/-1}code,pre{font:.86rem/1.55 "
    "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}details{padding:14px 22px;"
    "margin-top:16px}summary{cursor:pointer;font-weight:560}pre{overflow-x:auto;margin:12px 0 0;color:var(--soft)}"
    "footer{padding:44px 0 60px;color:var(--faint);font-size:.88rem}\n";

static const char tables[] =
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;"
    "vertical-align:top;padding:10px 16px;border-bottom:1px solid var(--grid)}tbody tr:last-child>*{border-bottom:0}"
    "thead th{color:var(--faint);font-weight:560;font-size:.84rem;white-space:nowrap}tbody th{font-weight:560;"
    "min-width:9em}.num{text-align:right;white-space:nowrap}td.source{color:var(--soft);font-size:.86rem;"
    "min-width:13em}.window,.key{display:block;color:var(--faint);font-size:.84rem;font-weight:400}"
    ".yes,.no{white-space:nowrap;font-weight:560}.yes{color:var(--yes)}.no{color:var(--no)}\n";

static const char pictures[] =
    "svg{display:block;overflow:visible}svg text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',"
    "Arial,sans-serif;fill:var(--faint)}.chart{width:100%;height:auto}.grid path{stroke:var(--grid)}"
    ".axis path{stroke:var(--faint);fill:none;stroke-width:.8}svg .unit{fill:var(--soft)}svg .layer{fill:var(--faint);"
    "font-size:10.5px}.mark path{stroke:var(--accent);stroke-dasharray:2 3;opacity:.75}"
    ".l{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.tie{stroke-width:1;fill:none;opacity:.6}"
    ".c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}.c4{stroke:var(--c4)}"
    ".c5{stroke:var(--c5)}.l.c3{stroke-dasharray:6 4}.l.c4{stroke-dasharray:2 4}.l.c5{stroke-dasharray:9 3 2 3}"
    "svg .lab{stroke:none;font-weight:500}.lab.c0{fill:var(--c0)}.lab.c1{fill:var(--c1)}.lab.c2{fill:var(--c2)}"
    ".lab.c3{fill:var(--c3)}.lab.c4{fill:var(--c4)}.lab.c5{fill:var(--c5)}"
    ".dot{stroke-width:1.6}.dot circle{fill:var(--card)}"
    ".d0{stroke:var(--d0)}.d1{stroke:var(--d1)}.d2{stroke:var(--d2)}.d3{stroke:var(--d3)}.d4{stroke:var(--d4)}"
    ".l.d0{stroke-dasharray:2 4}.band0{fill:var(--band0)}.band1{fill:var(--band1)}"
    ".sec{border-radius:4px;overflow:hidden}.lay,.ndl{fill:none;stroke:#fff;stroke-width:.8}.lay{stroke-dasharray:4 3;"
    "opacity:.7}.ndl{opacity:.62}.under{stroke:#000;stroke-width:2;opacity:.3;stroke-dasharray:none}"
    "path.bar{stroke:#fff;stroke-width:3}svg text.bar{fill:#fff;font-weight:600;paint-order:stroke;stroke:#0007;"
    "stroke-width:2.5px}.cbar rect{stroke:var(--line);stroke-width:.5}"
    ".rail{stroke:var(--line)}.win{stroke:var(--accent);stroke-width:7;opacity:.32}.obs{stroke:var(--accent);"
    "stroke-width:2}.sim{fill:var(--ink);stroke:var(--card);stroke-width:1.5}\n";

static const char variants[] =
    "@media (max-width:760px){header{padding:32px 0 16px}h1{font-size:1.6rem}.finding{font-size:1.08rem}"
    "main,header>div,nav>div,footer>div{padding-left:16px;padding-right:16px}.pattern{grid-template-columns:1fr}}\n"
    "@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}\n"
    "@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#333;--faint:#555;--line:#ccc;--grid:#ddd;"
    "--accent:#0b5c6b;--warn:#fff}body{font-size:10.5pt}nav,.csv,.skip{display:none}section{padding-top:20px}"
    ".card,.group,.strip,.profile,.pattern,tr,figure{break-inside:avoid}h2{break-after:avoid}"
    ".scroll,.pics{overflow:visible}.pics{gap:8px}.pics svg.sec{width:96px;height:auto}*{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}}\n";

void cx_page_style(struct cx_text *p) {
    cx_text_add(p, "<style>\n%s%s%s%s%s%s</style>\n", colours, layout, blocks, tables, pictures, variants);
}
