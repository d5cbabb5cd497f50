/** A text in each plural form that its language has; `other` is for the forms that the language does not tell apart. */
export type PluralForms = { one: string; few?: string; many?: string; other: string };
