import { scoreNames } from "../../shared/questions.ts";

/**
 * The script of the linked page. It sets three fields of the form. `js` says that scripts run: 2 if the browser can tell of
 * gestures and has seen none when the form is sent, else 1. `proof` says that a person touched the page: there was an event that
 * the browser itself trusts and that is of the class of pointer, touch and key events (programs that fill in forms make simpler
 * ones). No script can make such an event, whatever a driver tells the browser of gestures. The script listens for many kinds
 * of events, because browser extensions keep some of them from pages. `driven` says that the browser names a driver. The stamp
 * is kept in the history entry, so that a person who goes back to the page, which is then fetched anew, changes the answer.
 */
export const PROOF = `(()=>{
const f=document.forms[0],u=navigator.userActivation;
const put=(n,v)=>{const i=f.elements[n]||f.appendChild(Object.assign(document.createElement("input"),{type:"hidden",name:n}));i.value=v};
put("js",u?2:1);
if(navigator.webdriver)put("driven",1);
const seen=e=>{if(e.isTrusted&&e instanceof UIEvent)put("proof",2)};
for(const t of["pointerdown","pointerup","mousedown","mouseup","touchend","keydown","keyup","click"])addEventListener(t,seen,true);
f.addEventListener("formdata",e=>{if(u&&u.hasBeenActive)e.formData.set("js","1");if(f.stamp)history.replaceState(f.stamp.value,"")});
if(f.stamp&&history.state)f.stamp.value=history.state;
})()`;

/**
 * The script for `confirm: "gesture"`. After each trusted click or key it sends the form's scores; only the Send button sends the
 * comment. So the person's first gesture saves the score that the link has preselected, or the one just chosen.
 */
export const GESTURE = `(()=>{
const f=document.forms[0];let last="";
const save=e=>{if(e.isTrusted&&e instanceof UIEvent)setTimeout(()=>{
const d=new FormData(f);d.delete("comment");d.set("proof","2");
const b=new URLSearchParams(d);
if(${JSON.stringify(scoreNames)}.some(n=>d.get(n))&&b+""!==last){last=b+"";fetch(f.action,{method:"POST",body:b,keepalive:true}).catch(()=>{last=""})}
},0)};
addEventListener("click",save,true);addEventListener("keyup",save,true);
})()`;

/**
 * Counts the comment as the server does, in code points without blanks at its ends; `maxlength` would count an emoji twice and cut
 * a pasted text silently. The count is shown near the limit. Beyond it Send says by how much, and the whole text stays.
 */
export const COUNTER = `(()=>{
const t=document.forms[0].elements.comment,o=document.getElementById("count"),most=+o.dataset.most;
const show=()=>{const n=[...t.value.trim()].length;
o.textContent=n>most*.9?n+" / "+most:"";
t.setCustomValidity(n>most?o.dataset.over.replace("{over}",n-most):"")};
t.addEventListener("input",show);addEventListener("pageshow",show);show();
})()`;
