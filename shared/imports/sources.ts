import { delighted } from "./sources/delighted.ts";
import { spreadsheet } from "./sources/spreadsheet.ts";
import type { TableMap } from "./table-map.ts";

/** All tables that are recognised; the spreadsheet, which fits every table, is the last. */
export const tableMaps: readonly TableMap[] = [delighted, spreadsheet];
