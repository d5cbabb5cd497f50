import type { WidgetConfig } from "../shared/schema/survey.ts";

declare global {
  /** The survey's settings: the Worker puts them in front of the loader's text. */
  const VIDHUK: WidgetConfig;
  /** Marks where the Worker puts the attributes on the tag that the script's address names; it is in no script that is served. */
  const TAGGED: (script: HTMLScriptElement) => void;
  /** Names the artefacts of one build; put in by scripts/build-widget.ts. */
  const BUILD: string;
  /** `import()`, under a name that keeps Vite from wrapping it; put back by scripts/build-widget.ts. */
  const IMPORT: <Module>(address: string) => Promise<Module>;
  /** The language that this copy of the survey speaks; put in by scripts/build-widget.ts. */
  const LANGUAGE: "en" | "uk" | "ru" | "ar";
  /** In which direction that language is written; put in by scripts/build-widget.ts. */
  const DIRECTION: "ltr" | "rtl";

  /** Whether this copy of the loader can judge targeting and sampling, and wait for triggers; put in by scripts/build-widget.ts. */
  const TARGETS: boolean;
  /** Whether it can also judge what the page says of the visitor, and when other surveys met them; put in there too. */
  const VISITORS: boolean;
  const TRIGGER: boolean;

  /** The global name of a snippet of Delighted's, and the loader as a function; the Worker puts both in front of delighted.ts. */
  const NAME: string;
  const START: () => void;

  interface Window {
    vidhuk?: unknown;
  }
}
