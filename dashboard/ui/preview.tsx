import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { stylesIn } from "../../shared/questions.ts";
import type { SurveySettings, WidgetConfig } from "../../shared/schema/survey.ts";
import { configOfQuestions } from "../../shared/widget-config.ts";
import { useWidth } from "../charts/width.ts";
import { t } from "../i18n/translate.ts";

type Props = {
  id: string;
  settings: SurveySettings;
  language: string;
  size: "phone" | "desktop";
  /** Shows one answer as if it were chosen, for that is where the accent colour is. */
  marked?: boolean;
  onAnswered?: () => void;
};

const SETTLE_MS = 300;

/** Width and height in px, as the page in the frame sees them. */
const screens = { phone: [360, 640], desktop: [820, 600] } as const;

/** The real widget in a frame of its own, in the settings as they are now, saved or not. */
export function Preview({ id, settings, language, size, marked = false, onAnswered }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const ready = useSignal(false);
  const absent = useSignal(false);
  const config = JSON.stringify(previewConfig(id, settings));
  useEffect(() => {
    const onMessage = (event: MessageEvent<{ type: string }>) => {
      if (event.source !== frame.current?.contentWindow) return;
      if (event.data?.type === "vidhuk:preview-ready") ready.value = true;
      if (event.data?.type === "vidhuk:preview-absent") absent.value = true;
      if (event.data?.type === "vidhuk:preview-answered") onAnswered?.();
    };
    addEventListener("message", onMessage);
    return () => removeEventListener("message", onMessage);
  }, []);
  useEffect(() => {
    if (!ready.value) return;
    const timer = setTimeout(() => {
      const wanted = { type: "vidhuk:preview", config: JSON.parse(config), language, marked };
      frame.current?.contentWindow?.postMessage(wanted, location.origin);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [ready.value, config, language, marked]);
  const { ref, width } = useWidth();
  const [screenWidth, screenHeight] = screens[size];
  const scale = Math.min(1, width / screenWidth);
  return (
    <div ref={ref} class={`preview ${size}`}>
      <div class="screen" style={{ width: `${screenWidth * scale}px`, height: `${screenHeight * scale}px` }}>
        <iframe
          ref={frame}
          src="/preview/"
          title={t("preview")}
          width={screenWidth}
          height={screenHeight}
          style={{ transform: `scale(${scale})` }}
        />
      </div>
      {absent.value && <p class="note">{t("preview_absent")}</p>}
    </div>
  );
}

/** The settings as a visitor's page would get them, but for the trigger and the targeting: the preview asks at once, and everybody. */
function previewConfig(id: string, settings: SurveySettings): WidgetConfig {
  const { brand, questions, languages, texts, theme, thanks } = settings;
  return {
    ...{ id, brand, questions, ...stylesIn(settings), languages, texts, theme, thanks },
    ...configOfQuestions(settings),
    trigger: { type: "manual" },
  };
}
