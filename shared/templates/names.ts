/** What templates of surveys there are, and the topics that they look for. */

export const templateNames = ["shop", "support", "delivery", "saas", "clinic", "employees"] as const;
export type TemplateName = (typeof templateNames)[number];

/** What comments may be about, over all templates. */
export const topicNames = [
  "price",
  "range",
  "website",
  "delivery",
  "packaging",
  "courier",
  "speed",
  "staff",
  "solution",
  "features",
  "faults",
  "waiting",
  "treatment",
  "pay",
  "manager",
  "workload",
] as const;
export type TopicName = (typeof topicNames)[number];
