/** The address that opens the survey with this score already chosen. */
export type ScoreLink = (question: "nps" | "csat", score: number) => string;
