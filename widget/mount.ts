/** For bundlers: the script tag as a function. */

export type MountOptions = {
  /** The collector's origin, such as https://feedback.shop.example. */
  host: string;
  survey: string;
  /** For a policy by nonce. */
  nonce?: string;
  language?: string;
};

/** Puts the survey into the target, or over the page where it is null. Gives the way to take it away again. */
export function mount(target: HTMLElement | null, { host, survey, nonce, language }: MountOptions): () => void {
  const script = document.createElement("script");
  script.src = `${host}/w/${survey}.js`;
  script.async = true;
  if (nonce) script.nonce = nonce;
  if (language) script.lang = language;
  if (target) {
    target.dataset.vidhuk = survey;
    script.dataset.target = `[data-vidhuk="${survey}"]`;
  }
  document.head.append(script);
  return () => {
    script.remove();
    if (target) delete target.dataset.vidhuk;
    (window.vidhuk as ((...command: string[]) => void) | undefined)?.("stop", survey);
  };
}
