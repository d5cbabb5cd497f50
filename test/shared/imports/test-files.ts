import { readFileSync } from "node:fs";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { convert } from "./convert.ts";

export const fileBytes = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url));

export const convertFile = (name: string, changes?: Partial<ImportPlan>) => convert(fileBytes(name), changes);

export const convertText = (text: string, changes?: Partial<ImportPlan>) =>
  convert(new TextEncoder().encode(text), changes);

/** The columns of a plan as `header → field`, the ones left out apart. */
export const fieldsOf = ({ columns }: ImportPlan) =>
  Object.fromEntries(columns.flatMap(({ header, field }) => (field === null ? [] : [[header, field]])));
