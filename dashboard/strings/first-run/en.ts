import type { PluralForms } from "../plural-forms.ts";

/** The strings of the making of a survey, in English. */
export const en = {
  template: "What it is for",
  template_help: "A ready survey for an occasion, in every language; all of it can be changed.",
  template_none: "Something else",
  template_shop: "An online shop",
  template_shop_help: "After a purchase: satisfied, recommend, why. Topics: price, range, website, delivery, people.",
  template_support: "After support",
  template_support_help: "After each case, from your own button or link: satisfied, why. By channel and agent.",
  template_delivery: "After a delivery",
  template_delivery_help: "Satisfied with the delivery, why, recommend. Topics: speed, packaging, courier. By carrier.",
  template_saas: "A product online (SaaS)",
  template_saas_help: "Recommend and why, from the third week on, and not within a month of another survey. By plan.",
  template_clinic: "A clinic",
  template_clinic_help:
    "After a visit, from a link or a QR code. Words are kept for a year and no longer. By department.",
  template_employees: "Employees (eNPS)",
  template_employees_help: "Would they recommend you as a place to work, and why. Anonymous. By department.",
  steps: "Steps",
  step_look: "Questions and look",
  step_try: "Tag and first answer",
  go_on: "Continue",
  try_help: "Now answer the survey in the preview, as a customer would.",
  try_waiting: "Waiting for the first answer…",
  arrived_test: "It arrived:",
  test_note: "A test response: never counted, gone after a day.",
} as const satisfies Record<string, string | PluralForms>;

export type FirstRunStrings = Record<keyof typeof en, string | PluralForms>;
