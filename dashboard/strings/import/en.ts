import type { PluralForms } from "../plural-forms.ts";

/** The strings of what comes in from files: answers of other products, and whole surveys. In English. */
export const en = {
  from_file_title: "A survey from a saved file",
  from_file_lead:
    "Choose a file that “Save the whole survey as a file” has made, here or on another collector. It becomes a new survey with all its responses. Keys, signing keys and webhooks are not in it.",
  from_file_go_on:
    "A survey was begun from a file and is not whole yet. Choose the same file again: nothing is stored twice.",
  from_file_choose: "Saved survey",
  from_file_no_archive: "This file is not a saved survey.",
  from_file_other_version: "Another version of the collector has made this file, and this one cannot read it.",
  from_file_cut_off: "The end of the file is missing: only a part of it was saved. Save the survey once more.",
  from_file_found: { one: "“{name}”, with {n} row.", other: "“{name}”, with {n} rows." },
  from_file_make: "Make the survey",
  from_file_conflict:
    "The survey that was begun does not take this file: it was begun from another one, or it has answers of its own.",
  from_file_line: "Line {line} of the file is not as it was saved. The collector says:",
  from_file_remove: "Delete the survey that was begun",
  from_file_done: "The survey is whole: everything in the file is stored.",
  sending: "Sending",
  sending_rows: "{done} of {n} rows",
  sending_stop: "Stop",
  sending_go_on: "Go on",
  sending_stopped: "Stopped. What was sent is stored; it can go on.",
  sending_unreadable: "The file has changed or is not there any more. Choose it once more; nothing is stored twice.",
} as const satisfies Record<string, string | PluralForms>;

export type ImportStrings = Record<keyof typeof en, string | PluralForms>;
