import { asknicely } from "./sources/asknicely.ts";
import { bitrix24 } from "./sources/bitrix24.ts";
import { delighted } from "./sources/delighted.ts";
import { formbricks } from "./sources/formbricks.ts";
import { googleForms } from "./sources/google-forms.ts";
import { posthog } from "./sources/posthog.ts";
import { retently } from "./sources/retently.ts";
import { satismeter } from "./sources/satismeter.ts";
import { spreadsheet } from "./sources/spreadsheet.ts";
import { surveymonkey } from "./sources/surveymonkey.ts";
import { typeform } from "./sources/typeform.ts";
import { vidhuk } from "./sources/vidhuk.ts";
import { wootric } from "./sources/wootric.ts";
import type { TableMap } from "./table-map.ts";

/** All tables that are recognised; the spreadsheet, which fits every table, is the last. */
export const tableMaps: readonly TableMap[] = [
  vidhuk,
  delighted,
  wootric,
  satismeter,
  retently,
  asknicely,
  formbricks,
  posthog,
  surveymonkey,
  typeform,
  googleForms,
  bitrix24,
  spreadsheet,
];
