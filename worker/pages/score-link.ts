import type { ScoreName } from "../../shared/questions.ts";

/** The address that opens the survey with this score already chosen. */
export type ScoreLink = (question: ScoreName, score: number) => string;
