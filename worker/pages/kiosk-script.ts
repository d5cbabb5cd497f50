import { limits } from "../../shared/limits.ts";
import { respondentThresholds, scoreNames } from "../../shared/questions.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";

/** How long the thanks stand, and after how long without a touch a half-filled form is emptied. */
const THANKS_MS = 6_000;
const IDLE_MS = 60_000;
/** How often it is tried to send what waits, and after how long a page that nobody uses is fetched anew for changed settings. */
const RETRY_MS = 20_000;
const RENEW_MS = 1_800_000;

/**
 * The script of the page on a tablet that people pass on. Send keeps the answer on the tablet under an id of its own, shows the
 * thanks and empties the form: no address changes, so that no way back leads to the last person's answer, and nothing of it needs
 * the network. What is kept is sent one after the other, and again until the collector itself says that it is stored or never
 * will be: the same id counts once. Where nothing can be stored the page itself keeps it. A page that is older than its stamp may
 * be gets a new stamp first. Words that need a tick are asked for it once; who sends again without it sends
 * the score alone.
 */
export const KIOSK = `(()=>{
const f=document.forms[0],thanks=document.getElementById("thanks"),note=document.getElementById("choose");
const names=${JSON.stringify(scoreNames)},bands=${JSON.stringify(respondentThresholds)};
const prefix="vidhuk-kiosk "+f.dataset.survey+" ",memory={},born=Date.now();
let turn,idle,busy=false,shownAt=0,asked=false;
const store={
keys(){let own=[];try{own=Object.keys(localStorage).filter(k=>k.startsWith(prefix))}catch{}return[...own,...Object.keys(memory)].sort()},
get(k){return memory[k]||localStorage[k]},
put(k,v){try{localStorage[k]=v}catch{memory[k]=v}},
drop(k){delete memory[k];try{delete localStorage[k]}catch{}}
};
const mint=()=>{
const b=[...crypto.getRandomValues(new Uint8Array(10))].map(x=>x.toString(16).padStart(2,"0")).join("");
const t=Math.max(0,Date.now()).toString(16).padStart(12,"0");
return t.slice(0,8)+"-"+t.slice(8)+"-7"+b.slice(0,3)+"-8"+b.slice(5,8)+"-"+b.slice(8)
};
const empty=()=>{
clearTimeout(idle);
f.reset();asked=false;if(f.elements.agree)f.elements.agree.required=false;
if(f.elements.comment)f.elements.comment.dispatchEvent(new Event("input"));
clearTimeout(idle);
note.hidden=true
};
const back=()=>{
clearTimeout(turn);
if(thanks.hidden)return;
thanks.hidden=true;f.hidden=false;
for(const each of thanks.children)each.hidden=true;
if(document.activeElement)document.activeElement.blur();
scrollTo(0,0);
if(Date.now()-born>${RENEW_MS}&&store.keys().length===0)fetch(location.href,{cache:"no-store"}).then(r=>{if(r.ok&&thanks.hidden)location.reload()}).catch(()=>{})
};
const groupOf=d=>{
const name=names.find(n=>d.get(n));
if(!name)return"none";
const[promoter,passive]=bands[name],score=+d.get(name);
return score>=promoter?"promoter":score>=passive?"passive":"detractor"
};
f.noValidate=true;
f.addEventListener("submit",e=>{
e.preventDefault();
const text=f.elements.comment;
if(text&&!text.checkValidity()){text.reportValidity();return}
const d=new FormData(f);
if(!names.some(n=>d.get(n))&&!(d.get("comment")||"").trim()){note.hidden=false;return}
const agree=f.elements.agree,words=(d.get("comment")||"").trim(),scored=names.some(n=>d.get(n));
if(agree&&words&&!agree.checked&&(!scored||!asked)){asked=true;agree.required=true;agree.reportValidity();return}
const id=mint(),group=groupOf(d);
d.set("answer",id);d.set("tick","1");
store.put(prefix+id,new URLSearchParams(d)+"");
empty();
f.hidden=true;thanks.hidden=false;shownAt=Date.now();
for(const each of thanks.children)each.hidden=each.dataset.group!==group;
scrollTo(0,0);
turn=setTimeout(back,${THANKS_MS});
send()
});
addEventListener("click",()=>{if(!thanks.hidden&&Date.now()-shownAt>1000)back()});
for(const type of["input","pointerdown","keydown"])addEventListener(type,()=>{clearTimeout(idle);idle=setTimeout(empty,${IDLE_MS})},true);
const renew=async()=>{
const r=await fetch(location.href,{cache:"no-store"}),found=/name="stamp" value="([^"]+)"/.exec(await r.text());
if(!r.ok||!found)return false;
f.stamp.value=found[1];history.replaceState(found[1],"");
return true
};
const sendOne=async key=>{
const body=new URLSearchParams(store.get(key));
if(Date.now()-parseInt(key.slice(prefix.length).replace("-","").slice(0,12),16)>${limits.clockBackDays * DAY_MS}){store.drop(key);return true}
for(let tries=0;tries<2;tries++){
const r=await fetch(f.action,{method:"POST",body,headers:{Accept:"application/json"},signal:AbortSignal.timeout(20000)});
const said=await r.json();
if(said.stored===true||said.stored===false&&said.reason!=="stale"){store.drop(key);return true}
if(said.stored!==false||!await renew())return false;
body.set("stamp",f.stamp.value);store.put(key,body+"")
}
return false
};
async function send(){
if(busy)return;
busy=true;
try{for(const key of store.keys())if(!await sendOne(key))break}catch{}
busy=false
}
addEventListener("online",send);setInterval(send,${RETRY_MS});
addEventListener("pageshow",e=>{if(e.persisted){empty();back()}});
send()
})()`;
