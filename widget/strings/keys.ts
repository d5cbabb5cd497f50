/** What the widget says and owners cannot change: names for those who do not see the card, and progress. */
export type WidgetTexts = {
  /** The name of the region in which the question stands. */
  region: string;
  /** `{n}` of `{total}` questions. */
  progress: string;
  /** The button that goes on from a score that is chosen. */
  next: string;
  /** Beside a challenge that has to be met before an answer can be sent. */
  confirm: string;
};
