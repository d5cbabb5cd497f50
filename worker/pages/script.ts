/**
 * What the linked page runs where it may. `js` says that scripts run (2: in a browser that knows of gestures), `proof` that a
 * person touched the page: an event that the browser itself trusts, or its own word that there was a gesture, asked when the
 * form is read. Neither can be had by a script of the page's, by `submit()`, `requestSubmit()` or `click()`. The stamp is kept in
 * the history entry, so that who goes back and sends again changes the answer; the page itself is fetched anew then.
 */
export const PROOF = `(()=>{
const f=document.forms[0],u=navigator.userActivation;
const put=(n,v)=>{const i=f.elements[n]||f.appendChild(Object.assign(document.createElement("input"),{type:"hidden",name:n}));i.value=v};
put("js",u?2:1);
const seen=e=>{if(e.isTrusted)put("proof",1)};
for(const t of["pointerdown","keydown","click"])addEventListener(t,seen,true);
f.addEventListener("formdata",e=>{if(u&&u.hasBeenActive)e.formData.set("proof","1");if(f.stamp)history.replaceState(f.stamp.value,"")});
if(f.stamp&&history.state)f.stamp.value=history.state;
})()`;

/**
 * For `confirm: "gesture"`: after each trusted click or key the form's scores are sent, without the comment, which only Send
 * sends; the first gesture thus saves what the link preselected, or what it has just been changed to.
 */
export const GESTURE = `(()=>{
const f=document.forms[0];let last="";
const save=e=>{if(e.isTrusted)setTimeout(()=>{
const d=new FormData(f);d.delete("comment");d.set("proof","1");
const b=new URLSearchParams(d);
if((d.get("nps")||d.get("csat"))&&b+""!==last){last=b+"";fetch(f.action,{method:"POST",body:b,keepalive:true}).catch(()=>{last=""})}
},0)};
addEventListener("click",save,true);addEventListener("keyup",save,true);
})()`;
