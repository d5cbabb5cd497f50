import { scoreNames } from "../../shared/questions.ts";

/**
 * What the linked page runs where it may. `js` says that scripts run, and when the form is read whether the browser knows of no
 * gesture at all (2) or knows of one, or cannot tell (1). `proof` says that a person touched the page: an event that the
 * browser itself trusts, and that has the class of a pointer's, a finger's or a key's (what fills in forms makes do with less).
 * No script of the page has one at its command, whatever a driver tells the browser of gestures. So many kinds are listened
 * for because extensions keep some of them from pages. `driven` says that the browser itself names a driver. The stamp is kept
 * in the history entry, so that who goes back and sends again changes the answer; the page itself is fetched anew then.
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
 * For `confirm: "gesture"`: after each trusted click or key the form's scores are sent, without the comment, which only Send
 * sends; the first gesture thus saves what the link preselected, or what it has just been changed to.
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
 * Counts the comment as the server does, in code points without blanks around: `maxlength` counts an emoji twice and cuts a
 * paste without a word. The count appears near the end; past it Send says by how much, and the whole text stays.
 */
export const COUNTER = `(()=>{
const t=document.forms[0].elements.comment,o=document.getElementById("count"),most=+o.dataset.most;
const show=()=>{const n=[...t.value.trim()].length;
o.textContent=n>most*.9?n+" / "+most:"";
t.setCustomValidity(n>most?o.dataset.over.replace("{over}",n-most):"")};
t.addEventListener("input",show);addEventListener("pageshow",show);show();
})()`;
