/** The names of those who take care of a response. */
import { signal } from "@preact/signals";
import type { Assignees } from "../../shared/schema/comment.ts";
import { assigneesPath } from "./api-paths.ts";
import { useReply } from "./use-reply.ts";

const version = signal(0);

/** Has the names fetched anew wherever they are shown: one was given or taken off. */
export function outdateAssignees(): void {
  version.value++;
}

/** Empty until they are here. */
export function useAssignees(survey: string): readonly string[] {
  return useReply<Assignees>(assigneesPath(survey), version.value).value.value?.items ?? [];
}
