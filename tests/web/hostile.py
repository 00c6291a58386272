"""120 strings that must be shown as written and never run, load or change anything."""

_RUN = "window.hacked=1"
_HANDLERS = (
    "img src=x onerror,svg onload,body onload,input autofocus onfocus,details open ontoggle,"
    "video src=x onerror,audio src=x onerror,iframe onload,object data=x onerror,marquee onstart,"
    "a href=# onclick,button onclick,select autofocus onfocus,textarea autofocus onfocus,style onload,"
    "link rel=stylesheet href=x onerror,image src=x onerror,isindex onfocus,keygen autofocus onfocus,"
    "div onmouseover"
).split(",")
_SCHEMES = (
    (
        "javascript:,JaVaScRiPt:,java&#115;cript:,\tjavascript:,vbscript:,data:text/html\\,<script>,"
        "data:image/svg+xml\\,<svg onload=>,blob:,file:///etc/passwd?,//example.invalid/"
    )
    .replace("\\,", ";")
    .split(",")
)
_MARKUP = (
    "<script>{}</script>",
    "<SCRIPT SRC=//example.invalid/x.js></SCRIPT>",
    "<scr<script>ipt>{}</script>",
    "</p></div><script>{}</script>",
    "</textarea><script>{}</script>",
    "</title><script>{}</script>",
    "</style><script>{}</script>",
    "<!--><script>{}</script>-->",
    "<![CDATA[<script>{}</script>]]>",
    "<base href=//example.invalid/>",
    "<meta http-equiv=refresh content='0;url=//example.invalid/'>",
    "<form action=//example.invalid/><input name=q></form>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<template><script>{}</script></template>",
    "<svg><script>{}</script></svg>",
    "<style>@import '//example.invalid/x.css'; * {{ display: none }}</style>",
    "<img src=//example.invalid/p.png>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "\\x3cscript\\x3e{}\\x3c/script\\x3e",
    "\\u003cscript\\u003e{}",
    '" onmouseover="{}',
    "' onmouseover='{}",
    "` onmouseover=`{}",
    '"><img src=x onerror={}>',
    "'-{}-'",
    '";{}//',
    "%3Cscript%3E{}%3C/script%3E",
    "<a\u200b href=javascript:{}>x</a>",
)
_TEMPLATES = (
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{% raw %}",
    "{0}",
    "{n}",
    "{title}",
    "%(a)s",
    "%s",
    "$1 $& $`",
    "\\1",
)
_MARKDOWN = (
    "![p](https://example.invalid/p.png)",
    "![p][1x]",
    "[l]: https://example.invalid",
    "<https://example.invalid>",
    "https://example.invalid",
    "**vet** _schuin_ ~~weg~~",
    "# Kop",
    "- punt",
    "> citaat",
    "| a | b |",
    "```python",
    "`code`",
    ":red[rood]",
    ":material/delete:",
    ":smile:",
    ":streamlit:",
    "$x^2$",
    "$$\\int$$",
    "\\(x\\)",
    "a -> b",
    "a <- b -- c",
    "---",
    "\\*",
    "[99]",
    "[ 1 ]",
    "[^1]: noot",
)
_UNICODE = (
    "\u202eomgekeerd\u202c",
    "\u2066los\u2069",
    "nul\u200bbreed",
    "\u200d\ufeffonzichtbaar",
    "a\u0301\u0301\u0301\u0301",
    "\u0000nul",
    "\u0007bel",
    "\u001b[31mrood",
    "\u2028regel",
    "\u2029alinea",
    "𝒜𝓁𝑒𝓇𝓉",
    "\ufdfa",
    "a" * 300,
    "ﷺ" * 40,
    "\U000e0041\U000e0042",
    "\u00ad".join("afbreken"),
)

EVERY = (
    *(f'<{start}="{_RUN}">' for start in _HANDLERS),
    *(f"[klik]({scheme}{_RUN})" for scheme in _SCHEMES),
    *(f'<a href="{scheme}{_RUN}">klik</a>' for scheme in _SCHEMES[:6]),
    *(markup.replace("{}", _RUN).replace("{{", "{").replace("}}", "}") for markup in _MARKUP),
    *_TEMPLATES,
    *_MARKDOWN,
    *_UNICODE,
)
