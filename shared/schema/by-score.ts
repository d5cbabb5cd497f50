/** Shapes of objects that have something of each scored question under its name. */
import type * as z from "zod";
import type { DefaultScore, ScoreName } from "../questions.ts";
import { isByDefault, scoreNames } from "../questions.ts";

/** As `ByScore` has it: absent only of a question that is not asked by default. */
export type ShapesByScore<Each extends Record<ScoreName, unknown>> = {
  [Name in ScoreName]: Name extends DefaultScore ? z.ZodType<Each[Name]> : z.ZodExactOptional<z.ZodType<Each[Name]>>;
};

/** `Each` names the value of each question, which `shapeOf` must describe: the compiler cannot compare them. */
export function shapesByScore<Each extends Record<ScoreName, unknown>>(
  shapeOf: (name: ScoreName) => z.ZodType,
): ShapesByScore<Each> {
  const shapes = scoreNames.map((name) => [name, isByDefault(name) ? shapeOf(name) : shapeOf(name).exactOptional()]);
  return Object.fromEntries(shapes);
}
