import { ApiKeys } from "./api-keys.tsx";
import type { Draft } from "./draft.ts";
import { SigningKeys } from "./signing-keys.tsx";

/** What lets somebody in: keys of the API, and keys that sign tokens and links. */
export function KeysSection({ draft }: { draft: Draft }) {
  const { id } = draft.saved.value;
  return (
    <>
      <ApiKeys survey={id} />
      <SigningKeys survey={id} />
    </>
  );
}
